#include "training/study/study_answers.h"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <sstream>

namespace earmark {
namespace {

bool is_single_scale(const StudiedConfiguration& configuration, ConfigurationKind kind) {
    return configuration.id.kind == kind && single_scale(configuration.id).has_value();
}

const StudyComparison* comparison_of(const StudyMetrics& metrics, const ConfigurationId& a, const ConfigurationId& b) {
    const auto found = std::ranges::find_if(
        metrics.comparisons, [&](const StudyComparison& comparison) { return comparison.a == a && comparison.b == b; });
    return found == metrics.comparisons.end() ? nullptr : &*found;
}

std::optional<ConfigurationId> if_studied(const StudyScores& scores, const ConfigurationId& id) {
    return place_of(scores.configurations, id) ? std::optional(id) : std::nullopt;
}

std::string verdict_text(const StudyComparison& comparison) {
    switch (verdict(comparison)) {
        case Verdict::better: return "is significantly better than";
        case Verdict::worse: return "is significantly worse than";
        case Verdict::not_significant: break;
    }
    return "is not significantly better than";
}

}  // namespace

const StudiedConfiguration* best_single_scale(const StudyScores& scores, ConfigurationKind kind) {
    const StudiedConfiguration* best = nullptr;
    for (const StudiedConfiguration& configuration : scores.configurations) {
        if (!is_single_scale(configuration, kind) || !configuration.valid_roc_auc) continue;
        if (!best || *configuration.valid_roc_auc > *best->valid_roc_auc) best = &configuration;
    }
    return best;
}

std::vector<StudyAnswer> study_answers(const StudyScores& scores, const StudyMetrics& metrics) {
    std::vector<StudyAnswer> answers;
    if (const auto* levels = comparison_of(metrics, whole_method_id, last_level_id())) {
        answers.push_back({"Are all levels better than the last level alone?", "Using all levels",
                           "using the last level alone (all scales)", *levels});
    }
    const auto scale_count = std::ranges::count_if(scores.configurations, [](const StudiedConfiguration& each) {
        return is_single_scale(each, ConfigurationKind::all_levels);
    });
    const StudiedConfiguration* best = best_single_scale(scores, ConfigurationKind::all_levels);
    if (scale_count < 2 || !best) return answers;
    if (const auto* scales = comparison_of(metrics, whole_method_id, best->id)) {
        answers.push_back({"Are all scales better than the best single scale?", "Using all scales",
                           "using the single scale that was best by validation (" +
                               std::to_string(*single_scale(best->id)) + " frames, all levels)",
                           *scales});
    }
    return answers;
}

Verdict verdict(const StudyComparison& comparison) {
    if (comparison.interval && comparison.interval->low > 0.0) return Verdict::better;
    if (comparison.interval && comparison.interval->high < 0.0) return Verdict::worse;
    return Verdict::not_significant;
}

std::string difference_text(double difference, const std::string& minus) {
    std::ostringstream text;
    text << (std::signbit(difference) ? minus : "+") << std::fixed << std::setprecision(4) << std::abs(difference);
    return text.str();
}

std::string sentence(const StudyAnswer& answer, OutputKind output, const std::string& minus) {
    const StudyComparison& comparison = answer.comparison;
    std::string text = answer.first + " " + verdict_text(comparison) + " " + answer.second + ": " +
                       (output == OutputKind::softmax ? "accuracy " : "ROC-AUC ") +
                       (comparison.difference ? difference_text(*comparison.difference, minus) : "not known");
    if (comparison.interval) {
        text += " (95 % interval " + difference_text(comparison.interval->low, minus) + " to " +
                difference_text(comparison.interval->high, minus) + ")";
    }
    return text;
}

// From the authors' slides of Lee & Nam 2017; GTZAN is the accuracy on the fault-filtered split.
std::vector<PaperRow> paper_rows(const StudyScores& scores) {
    const StudiedConfiguration* best = best_single_scale(scores, ConfigurationKind::all_levels);
    const std::vector<int> scale = best ? best->id.scales : std::vector<int>();
    const std::optional<ConfigurationId> none;
    const auto local = best ? if_studied(scores, local_model_id(scale)) : none;
    const auto levels = best ? std::optional(best->id) : none;
    const auto whole = if_studied(scores, whole_method_id);
    return {{"local model (mean of segments)", 0.8981, 0.8783, {}, local},
            {"multi-level", 0.9002, 0.8853, {}, levels},
            {"multi-level and multi-scale", 0.9017, 0.8878, {}, scores.is_transferred ? none : whole},
            {"the same, pre-trained on MSD", 0.9021, {}, 0.720, scores.is_transferred ? whole : none}};
}

}  // namespace earmark
