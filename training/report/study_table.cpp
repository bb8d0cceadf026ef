#include <algorithm>
#include <iomanip>
#include <sstream>

#include "training/report/study_report.h"
#include "training/study/study_answers.h"

namespace earmark {
namespace {

std::string score_digits(double value) {
    std::ostringstream text;
    text << std::fixed << std::setprecision(3) << value;
    return text.str();
}

std::string score_text(const std::optional<double>& value) { return value ? score_digits(*value) : "-"; }

std::string with_interval(const std::optional<double>& value, const std::optional<Interval>& interval,
                          std::string (*text)(double)) {
    if (!value) return "-";
    return interval ? text(*value) + " (" + text(interval->low) + " to " + text(interval->high) + ")" : text(*value);
}

std::string with_interval(const StudyMetric& metric) {
    return with_interval(metric.value, metric.interval, score_digits);
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
    line.reserve(widths.size());
    for (const std::size_t width : widths) line.emplace_back(width, '-');
    write(line);
    for (std::size_t i = 1; i < rows.size(); ++i) write(rows[i]);
    return text.str();
}

std::string signed_text(double difference) { return difference_text(difference); }

std::string comparison_table(const std::vector<StudyComparison>& comparisons, const std::string& metric,
                             const std::string& second) {
    std::vector<std::vector<std::string>> rows{
        {"configuration", "compared with" + second, "difference of " + metric, "resamples not better"}};
    for (const StudyComparison& comparison : comparisons) {
        rows.push_back({to_string(comparison.a), to_string(comparison.b),
                        with_interval(comparison.difference, comparison.interval, signed_text),
                        score_text(comparison.not_better_share)});
    }
    return markdown(rows);
}

std::string counted(std::size_t count, const std::string& one) {
    return std::to_string(count) + " " + one + (count == 1 ? "" : "s");
}

std::string interval_note(const StudyScores& scores, const StudyBootstrap& bootstrap) {
    const bool has_copies = std::ranges::any_of(scores.clips, [](const auto& clip) { return clip.copies > 0; });
    const std::string copies = has_copies ? ", copies together" : "";
    return counted(scores.clips.size(), "clip") + ", mean over " + counted(scores.seeds.size(), "seed") +
           "; in brackets the 95 % interval over " + (bootstrap.by_artist ? "artists" : "clips") + copies + " (" +
           counted(bootstrap.resample_count, "bootstrap resample") + ").\n" +
           (scores.fold_count > 0 ? "ROC-AUC and AP are means over the folds, whose models are not calibrated alike.\n"
                                  : "") +
           "Intervals of AP are corrected for the bias of resamples, which contain clips more than once.\n";
}

std::string comparison_note(const std::string& metric) {
    return "\nDifference: " + metric + " of the configuration minus that of the one it is compared with, in the same " +
           "resamples. Last column: the share\nof the resamples in which the first was not better.\n";
}

const ConfigurationMetrics* metrics_of(const StudyScores& scores, const StudyMetrics& metrics,
                                       const std::optional<ConfigurationId>& id) {
    const auto place = id ? place_of(scores.configurations, *id) : std::nullopt;
    return place ? &metrics.configurations[*place] : nullptr;
}

std::string paper_score(const std::optional<double>& value) {
    if (!value) return "-";
    std::ostringstream text;
    text << std::fixed << std::setprecision(4) << *value;
    return text.str();
}

std::string paper_table(const StudyScores& scores, const StudyMetrics& metrics) {
    const bool is_single_label = scores.output == OutputKind::softmax;
    std::vector<std::vector<std::string>> rows{
        {"the paper's model", "MTAT ROC-AUC", "MSD ROC-AUC", "GTZAN accuracy", "this study", "ROC-AUC"}};
    if (is_single_label) rows.front().push_back("accuracy");
    for (const PaperRow& row : paper_rows(scores)) {
        const ConfigurationMetrics* ours = metrics_of(scores, metrics, row.configuration);
        rows.push_back({row.model, paper_score(row.mtat), paper_score(row.msd), score_text(row.gtzan),
                        row.configuration ? to_string(*row.configuration) : "-",
                        ours ? with_interval(ours->roc_auc) : "-"});
        if (is_single_label) rows.back().push_back(ours ? with_interval(ours->accuracy) : "-");
    }
    return markdown(rows) +
           "\nThe clips, the tags and the training music differ from the paper's: only the order of the rows can be "
           "compared. The single\nscale is the one whose levels together are best by validation.\n";
}

std::string answer_lines(const StudyScores& scores, const StudyMetrics& metrics) {
    std::string text;
    for (const StudyAnswer& answer : study_answers(scores, metrics)) text += sentence(answer, scores.output) + ".\n";
    return text;
}

std::string configuration_table(const StudyScores& scores, const StudyMetrics& metrics) {
    const bool is_single_label = scores.output == OutputKind::softmax;
    std::vector<std::vector<std::string>> rows{
        {"configuration", "embedding length", "valid ROC-AUC", "test ROC-AUC", "test AP"}};
    if (is_single_label) rows.front().insert(rows.front().end(), {"test accuracy", "test balanced accuracy"});
    for (std::size_t i = 0; i < scores.configurations.size(); ++i) {
        const StudiedConfiguration& configuration = scores.configurations[i];
        const ConfigurationMetrics& own = metrics.configurations[i];
        rows.push_back({to_string(configuration.id),
                        configuration.feature_count > 0 ? std::to_string(configuration.feature_count) : "",
                        score_text(configuration.valid_roc_auc), with_interval(own.roc_auc),
                        with_interval(own.average_precision)});
        if (!is_single_label) continue;
        rows.back().push_back(with_interval(own.accuracy));
        rows.back().push_back(with_interval(own.balanced_accuracy));
    }
    return markdown(rows);
}

}  // namespace

std::string study_table(const StudyScores& scores, const StudyMetrics& metrics, const StudyBootstrap& bootstrap,
                        const std::optional<OtherStudy>& other) {
    const std::string metric = scores.output == OutputKind::softmax ? "accuracy" : "ROC-AUC";
    std::string text = configuration_table(scores, metrics) + "\n" + interval_note(scores, bootstrap) + "\n" +
                       comparison_table(metrics.comparisons, metric, "");
    if (other) text += "\n" + comparison_table(other->comparisons, metric, " the recipe '" + other->recipe + "'");
    text += comparison_note(metric) + "\n" + paper_table(scores, metrics);
    const std::string answers = answer_lines(scores, metrics);
    return answers.empty() ? text : text + "\n" + answers;
}

}  // namespace earmark
