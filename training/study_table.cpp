#include <algorithm>
#include <iomanip>
#include <sstream>

#include "training/study_report.h"

namespace earmark {
namespace {

std::string number(const std::optional<double>& value, bool with_sign = false) {
    if (!value) return "-";
    std::ostringstream text;
    text << std::fixed << std::setprecision(3) << (with_sign ? std::showpos : std::noshowpos) << *value;
    return text.str();
}

std::string with_interval(const std::optional<double>& value, const std::optional<Interval>& interval,
                          bool with_sign = false) {
    if (!interval) return number(value, with_sign);
    return number(value, with_sign) + " (" + number(interval->low, with_sign) + " to " +
           number(interval->high, with_sign) + ")";
}

/// Markdown that is in columns for the eye as well.
std::string markdown(const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::size_t> widths(rows.front().size(), 0);
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
    }
    std::ostringstream text;
    const auto write = [&](const std::vector<std::string>& row) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            text << "| " << std::left << std::setw(static_cast<int>(widths[i])) << row[i] << ' ';
        }
        text << "|\n";
    };
    write(rows.front());
    std::vector<std::string> line;
    for (const std::size_t width : widths) line.emplace_back(width, '-');
    write(line);
    for (std::size_t i = 1; i < rows.size(); ++i) write(rows[i]);
    return text.str();
}

std::string comparison_table(const std::vector<StudyComparison>& comparisons, const std::string& figure,
                             const std::string& other) {
    std::vector<std::vector<std::string>> rows{{"configuration", other, "difference of " + figure, "share <= 0"}};
    for (const StudyComparison& comparison : comparisons) {
        rows.push_back({comparison.a, comparison.b, with_interval(comparison.difference, comparison.interval, true),
                        number(comparison.share_at_or_below_zero)});
    }
    return markdown(rows);
}

}  // namespace

std::string study_table(const StudyScores& scores, const StudyFigures& figures,
                        const std::optional<StudyBeside>& beside) {
    const bool one_of_many = scores.output == OutputKind::softmax;
    std::vector<std::vector<std::string>> rows{
        {"configuration", "features", "valid ROC-AUC", "test ROC-AUC", "test AP"}};
    if (one_of_many) rows.front().insert(rows.front().end(), {"accuracy", "balanced accuracy"});
    for (std::size_t i = 0; i < scores.configurations.size(); ++i) {
        const StudiedConfiguration& configuration = scores.configurations[i];
        const ConfigurationFigures& figure = figures.configurations[i];
        rows.push_back(
            {configuration.name, configuration.feature_count > 0 ? std::to_string(configuration.feature_count) : "",
             number(configuration.valid_roc_auc), with_interval(figure.roc_auc.value, figure.roc_auc.interval),
             with_interval(figure.average_precision.value, figure.average_precision.interval)});
        if (!one_of_many) continue;
        rows.back().push_back(with_interval(figure.accuracy.value, figure.accuracy.interval));
        rows.back().push_back(with_interval(figure.balanced_accuracy.value, figure.balanced_accuracy.interval));
    }
    const std::string compared = one_of_many ? "accuracy" : "ROC-AUC";
    std::string text = markdown(rows) + "\n" + comparison_table(figures.comparisons, compared, "less");
    if (beside) text += "\n" + comparison_table(beside->comparisons, compared, "less that of " + beside->recipe);
    return text;
}

}  // namespace earmark
