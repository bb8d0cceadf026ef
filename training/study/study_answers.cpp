#include "training/study/study_answers.h"

#include <algorithm>
#include <iomanip>
#include <regex>
#include <sstream>

namespace earmark {
namespace {

constexpr char everything[] = "all levels, all sizes";
constexpr char last_of_all_sizes[] = "last level, all sizes";

bool is_single_size(const std::string& name, std::string_view features) {
    static const std::regex sized(", \\d+ frames");
    return name.starts_with(features) && std::regex_match(name.substr(features.size()), sized);
}

const StudyComparison* comparison_of(const StudyFigures& figures, const std::string& a, const std::string& b) {
    const auto found = std::ranges::find_if(
        figures.comparisons, [&](const StudyComparison& comparison) { return comparison.a == a && comparison.b == b; });
    return found == figures.comparisons.end() ? nullptr : &*found;
}

std::optional<std::string> if_studied(const StudyScores& scores, const std::string& name) {
    const bool is_studied = std::ranges::count(scores.configurations, name, &StudiedConfiguration::name) > 0;
    return is_studied ? std::optional(name) : std::nullopt;
}

}  // namespace

const StudiedConfiguration* best_single_size(const StudyScores& scores, std::string_view features) {
    const StudiedConfiguration* best = nullptr;
    for (const StudiedConfiguration& configuration : scores.configurations) {
        if (!is_single_size(configuration.name, features) || !configuration.valid_roc_auc) continue;
        if (!best || *configuration.valid_roc_auc > *best->valid_roc_auc) best = &configuration;
    }
    return best;
}

std::vector<StudyAnswer> study_answers(const StudyScores& scores, const StudyFigures& figures) {
    std::vector<StudyAnswer> answers;
    if (const auto* levels = comparison_of(figures, everything, last_of_all_sizes)) {
        answers.push_back(
            {"does multi-level beat the last level?", "All levels against the last level, all sizes", *levels});
    }
    const auto size_count = std::ranges::count_if(scores.configurations, [](const StudiedConfiguration& configuration) {
        return is_single_size(configuration.name, "all levels");
    });
    const StudiedConfiguration* best = best_single_size(scores, "all levels");
    if (size_count < 2 || !best) return answers;
    if (const auto* sizes = comparison_of(figures, everything, best->name)) {
        const std::string size = best->name.substr(std::string("all levels, ").size());
        answers.push_back({"does multi-scale beat the best single size?",
                           "All sizes against the best single size by validation (" + size + "), all levels", *sizes});
    }
    return answers;
}

std::string verdict(const StudyComparison& comparison) {
    if (comparison.interval && comparison.interval->low > 0.0) return "yes";
    if (comparison.interval && comparison.interval->high < 0.0) return "no, it is worse";
    return "not decided";
}

std::string difference_text(double difference) {
    std::ostringstream text;
    text << std::fixed << std::setprecision(4) << std::showpos << difference;
    return text.str();
}

std::string sentence(const StudyAnswer& answer, OutputKind output) {
    const StudyComparison& comparison = answer.comparison;
    std::string text = answer.subject + ": " + (output == OutputKind::softmax ? "accuracy " : "ROC-AUC ");
    text += comparison.difference ? difference_text(*comparison.difference) : "not known";
    if (comparison.interval) {
        text += " (95 % interval " + difference_text(comparison.interval->low) + " to " +
                difference_text(comparison.interval->high) + ")";
    }
    return text + ": " + verdict(comparison);
}

// From the authors' slides of Lee & Nam 2017; GTZAN is the accuracy on the fault-filtered split.
std::vector<PaperRow> paper_rows(const StudyScores& scores) {
    const StudiedConfiguration* best = best_single_size(scores, "all levels");
    const std::string size = best ? best->name.substr(std::string("all levels").size()) : "";
    const auto own = if_studied(scores, everything);
    const std::optional<std::string> none;
    return {{"local model (mean of segments)", 0.8981, 0.8783, {}, if_studied(scores, "local model" + size)},
            {"multi-level", 0.9002, 0.8853, {}, if_studied(scores, "all levels" + size)},
            {"multi-level and multi-scale", 0.9017, 0.8878, {}, scores.is_transferred ? none : own},
            {"the same, pre-trained on MSD", 0.9021, {}, 0.720, scores.is_transferred ? own : none}};
}

}  // namespace earmark
