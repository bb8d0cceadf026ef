#include <algorithm>
#include <nlohmann/json.hpp>
#include <regex>

#include "earmark/model.h"
#include "training/recipe/configuration_json.h"
#include "training/report/report_json.h"
#include "training/report/study_report.h"
#include "training/study/study_answers.h"
#include "training/study/study_rows.h"

namespace earmark {

using Json = nlohmann::ordered_json;

Json number_json(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }

namespace {

constexpr int study_format = 2;

// The way in which one element of study.json names a configuration that is in another.
Json reference_json(const ConfigurationId& id) { return file_name(id); }

Json metric_json(const StudyMetric& metric) {
    Json json{{"value", number_json(metric.value)},
              {"low", metric.interval ? Json(metric.interval->low) : Json(nullptr)},
              {"high", metric.interval ? Json(metric.interval->high) : Json(nullptr)}};
    for (const auto& seed : metric.by_seed) json["by_seed"].push_back(number_json(seed));
    return json;
}

const char* verdict_name(Verdict verdict) {
    switch (verdict) {
        case Verdict::better: return "better";
        case Verdict::worse: return "worse";
        case Verdict::not_significant: break;
    }
    return "not_significant";
}

Json comparisons_json(const std::vector<StudyComparison>& comparisons, OutputKind output) {
    Json list = Json::array();
    for (const StudyComparison& comparison : comparisons) {
        list.push_back({{"a", reference_json(comparison.a)},
                        {"b", reference_json(comparison.b)},
                        {"metric", output == OutputKind::softmax ? "accuracy" : "roc_auc"},
                        {"difference", metric_json({comparison.difference, comparison.interval, {}})},
                        {"not_better_share", number_json(comparison.not_better_share)}});
    }
    return list;
}

Json answers_json(const StudyScores& scores, const StudyMetrics& metrics) {
    Json list = Json::array();
    for (const StudyAnswer& answer : study_answers(scores, metrics)) {
        list.push_back({{"question", answer.question},
                        {"a", reference_json(answer.comparison.a)},
                        {"b", reference_json(answer.comparison.b)},
                        {"verdict", verdict_name(verdict(answer.comparison))},
                        {"sentence", sentence(answer, scores.output, typographic_minus)}});
    }
    return list;
}

Json paper_json(const StudyScores& scores) {
    Json rows = Json::array();
    for (const PaperRow& row : paper_rows(scores)) {
        rows.push_back({{"model", row.model},
                        {"mtat_roc_auc", number_json(row.mtat)},
                        {"msd_roc_auc", number_json(row.msd)},
                        {"gtzan_accuracy", number_json(row.gtzan)},
                        {"configuration", row.configuration ? reference_json(*row.configuration) : Json(nullptr)}});
    }
    return rows;
}

// That resamples draw.
std::size_t group_count(const StudyScores& scores, bool by_artist) {
    std::size_t count = 0;
    for (const std::size_t group : drawn_groups(scores.clips, by_artist)) count = std::max(count, group + 1);
    return count;
}

std::size_t copied_clip_count(const StudyScores& scores) {
    return static_cast<std::size_t>(
        std::ranges::count_if(scores.clips, [](const ScoredClip& clip) { return clip.copies > 0; }));
}

Json configuration_metrics_json(const StudiedConfiguration& configuration, const ConfigurationMetrics& metrics,
                                OutputKind output) {
    const bool is_single_label = output == OutputKind::softmax;
    Json json = to_json(configuration.id);
    json["feature_count"] = configuration.feature_count;
    json["roc_auc"] = metric_json(metrics.roc_auc);
    json["average_precision"] = metric_json(metrics.average_precision);
    json["accuracy"] = is_single_label ? metric_json(metrics.accuracy) : Json(nullptr);
    json["balanced_accuracy"] = is_single_label ? metric_json(metrics.balanced_accuracy) : Json(nullptr);
    json["valid_roc_auc"] = number_json(configuration.valid_roc_auc);
    for (const StudyMetric& tag : metrics.tags) json["tags"].push_back({{"roc_auc", metric_json(tag)}});
    return json;
}

Json configurations_json(const StudyScores& scores, const StudyMetrics& metrics) {
    Json list = Json::array();
    for (std::size_t i = 0; i < scores.configurations.size(); ++i) {
        list.push_back(configuration_metrics_json(scores.configurations[i], metrics.configurations[i], scores.output));
    }
    return list;
}

Json tags_json(const StudyScores& scores) {
    const std::vector<std::size_t> counts = positive_counts(scores);
    Json tags = Json::array();
    for (std::size_t i = 0; i < scores.labels.size(); ++i) {
        const Tag tag = tag_from_label(scores.labels[i]);
        tags.push_back({{"label", tag.label},
                        {"name", tag.name},
                        {"category", category_name(tag.category)},
                        {"positive_count", counts[i]}});
    }
    return tags;
}

// A command as it was typed, without the folders of whoever typed it: "--data /home/me/music" as "--data .../music".
std::string without_folders(const std::string& command) {
    static const std::regex quoted(R"re((['"](?:[^'"/]*=)?)/[^'"]*/(?=[^/'"]))re");
    static const std::regex plain(R"re((^|[\s=])/[^\s'"]*/(?=[^\s/'"]))re");
    return std::regex_replace(std::regex_replace(command, quoted, "$1.../"), plain, "$1.../");
}

Json description_json(const StudyDescription& description, const StudyScores& scores) {
    const bool by_artist = description.bootstrap.by_artist;
    return {{"format", study_format},
            {"recipe", description.recipe},
            {"data", description.data},
            {"command", without_folders(description.command)},
            {"date", description.date},
            {"machine", description.machine},
            {"output", scores.output == OutputKind::softmax ? "softmax" : "sigmoid"},
            {"seeds", scores.seeds},
            {"fold_count", scores.fold_count},
            {"group", by_artist ? Json("artist") : Json(nullptr)},
            {"group_count", by_artist ? Json(group_count(scores, true)) : Json(nullptr)},
            {"copied_clip_count", copied_clip_count(scores)},
            {"split", "test"},
            {"clip_count", scores.clips.size()},
            {"resample_count", description.bootstrap.resample_count}};
}

}  // namespace

std::string study_json(const StudyDescription& description, const StudyScores& scores, const StudyMetrics& metrics,
                       const std::optional<OtherStudy>& other) {
    Json json = description_json(description, scores);
    json["tags"] = tags_json(scores);
    json["configurations"] = configurations_json(scores, metrics);
    json["comparisons"] = comparisons_json(metrics.comparisons, scores.output);
    json["answers"] = answers_json(scores, metrics);
    json["paper"] = paper_json(scores);
    json["other_study"] = nullptr;
    if (other) {
        json["other_study"] = {{"recipe", other->recipe},
                               {"comparisons", comparisons_json(other->comparisons, scores.output)}};
    }
    json["learning_curves"] = learning_curves_json(description, scores);
    json["confusion"] = confusion_json(scores);
    json["filters"] = filters_json(description, scores);
    json["hardest_clips"] = hardest_clips_json(description, scores);
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace earmark
