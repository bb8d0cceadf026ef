#include <algorithm>
#include <iomanip>
#include <sstream>

#include "training/report/study_report.h"
#include "training/study/study_answers.h"

namespace earmark {
namespace {

std::string number(double value) {
    std::ostringstream text;
    text << std::fixed << std::setprecision(3) << value;
    return text.str();
}

std::string number(const std::optional<double>& value) { return value ? number(*value) : "-"; }

std::string with_interval(const std::optional<double>& value, const std::optional<Interval>& interval,
                          std::string (*text)(double) = number) {
    if (!value) return "-";
    return interval ? text(*value) + " (" + text(interval->low) + " to " + text(interval->high) + ")" : text(*value);
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
        rows.push_back({comparison.a, comparison.b,
                        with_interval(comparison.difference, comparison.interval, difference_text),
                        number(comparison.share_at_or_below_zero)});
    }
    return markdown(rows);
}

std::string counted(std::size_t count, const std::string& one) {
    return std::to_string(count) + " " + one + (count == 1 ? "" : "s");
}

std::string interval_note(const StudyScores& scores, const StudyBootstrap& bootstrap) {
    return counted(scores.clips.size(), "clip") + ", mean over " + counted(scores.seeds.size(), "seed") +
           "; in brackets the 95 % interval over " + (bootstrap.by_artist ? "artists" : "clips") + " (" +
           std::to_string(bootstrap.resample_count) + " bootstrap resamples).\n" +
           (scores.fold_count > 0 ? "ROC-AUC and AP are means over the folds, whose models are not calibrated alike.\n"
                                  : "") +
           "Intervals of AP are moved by the bias of their resamples, which hold clips more than once.\n";
}

const ConfigurationFigures* figures_of(const StudyScores& scores, const StudyFigures& figures,
                                       const std::optional<std::string>& name) {
    for (std::size_t i = 0; name && i < scores.configurations.size(); ++i) {
        if (scores.configurations[i].name == *name) return &figures.configurations[i];
    }
    return nullptr;
}

std::string paper_number(const std::optional<double>& value) {
    if (!value) return "-";
    std::ostringstream text;
    text << std::fixed << std::setprecision(4) << *value;
    return text.str();
}

std::string paper_table(const StudyScores& scores, const StudyFigures& figures) {
    const bool one_of_many = scores.output == OutputKind::softmax;
    std::vector<std::vector<std::string>> rows{
        {"the paper's model", "MTAT ROC-AUC", "MSD ROC-AUC", "GTZAN accuracy", "this study", "ROC-AUC"}};
    if (one_of_many) rows.front().push_back("accuracy");
    for (const PaperRow& row : paper_rows(scores)) {
        const ConfigurationFigures* ours = figures_of(scores, figures, row.configuration);
        rows.push_back({row.model, paper_number(row.mtat), paper_number(row.msd), number(row.gtzan),
                        row.configuration.value_or("-"),
                        ours ? with_interval(ours->roc_auc.value, ours->roc_auc.interval) : "-"});
        if (!one_of_many) continue;
        rows.back().push_back(ours ? with_interval(ours->accuracy.value, ours->accuracy.interval) : "-");
    }
    return markdown(rows) +
           "\nOther clips, other tags, other music to learn from: only the order of the rows may be compared. The "
           "single "
           "size is\nthat whose levels together are the best by validation.\n";
}

std::string answer_lines(const StudyScores& scores, const StudyFigures& figures) {
    std::string text;
    for (const StudyAnswer& answer : study_answers(scores, figures)) text += sentence(answer, scores.output) + ".\n";
    return text;
}

}  // namespace

std::string study_table(const StudyScores& scores, const StudyFigures& figures, const StudyBootstrap& bootstrap,
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
    std::string text = markdown(rows) + "\n" + interval_note(scores, bootstrap) + "\n" +
                       comparison_table(figures.comparisons, compared, "less");
    if (beside) text += "\n" + comparison_table(beside->comparisons, compared, "less that of " + beside->recipe);
    text += "\n" + paper_table(scores, figures);
    const std::string answers = answer_lines(scores, figures);
    return answers.empty() ? text : text + "\n" + answers;
}

}  // namespace earmark
