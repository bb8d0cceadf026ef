#include <nlohmann/json.hpp>
#include <ostream>

#include "apps/evaluate/results.h"
#include "apps/evaluate/shown_metrics.h"

namespace earmark {
namespace {

using Json = nlohmann::ordered_json;

Json number_json(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }

Json interval_json(const std::optional<Interval>& interval) {
    return interval ? Json::array({interval->low, interval->high}) : Json(nullptr);
}

Json tag_json(const Tag& tag, OutputKind output, const TagMetrics& metrics,
              const TaggingDistributions::Tag& resampled) {
    Json json{{"tag", tag.name}, {"category", category_name(tag.category)}, {"clips", metrics.positive_count}};
    Json intervals;
    for_each_tag_metric([&](const ShownMetric& name, auto field) {
        json[name.key] = number_json(field(metrics));
        intervals[name.key] = interval_json(name.interval(field(metrics), field(resampled)));
    });
    json["threshold"] = output == OutputKind::softmax ? Json() : Json(tag.threshold);
    json["known_clips"] = metrics.known_count;
    json["intervals"] = intervals;
    return json;
}

Json tags_json(const EvaluationResults& results) {
    Json tags = Json::array();
    const std::vector<TagMetrics> metrics = results.measurement.tagging.per_tag();
    const OutputKind output = results.model->classifier.output;
    for (std::size_t i = 0; i < metrics.size(); ++i) {
        tags.push_back(
            tag_json(results.model->tags[i], output, metrics[i], results.measurement.resampled_tagging.tags[i]));
    }
    return tags;
}

Json bootstrap_json(const EvaluationResults& results) {
    if (results.intervals.resample_count == 0) return nullptr;
    return {{"resamples", results.intervals.resample_count},
            {"seed", results.intervals.seed},
            {"confidence", BootstrapDistribution::usual_confidence},
            {"drawn", results.intervals.by_artist ? "artists" : "clips"},
            {"drawn_from", results.drawn_count}};
}

Json confusion_json(const ConfusionMatrix& confusion) {
    Json rows = Json::array();
    for (std::size_t truth = 0; truth < confusion.label_count(); ++truth) {
        Json row = Json::array();
        for (std::size_t predicted = 0; predicted < confusion.label_count(); ++predicted)
            row.push_back(confusion.count(truth, predicted));
        rows.push_back(row);
    }
    return rows;
}

Json single_label_json(const EvaluationResults& results) {
    const Measurement& measurement = results.measurement;
    if (!measurement.classification) return nullptr;
    const ConfusionMatrix confusion = measurement.classification->confusion();
    Json json{{"clips", confusion.clip_count()}};
    Json intervals;
    for_each_classification_metric([&](const ShownMetric& name, auto field) {
        json[name.key] = number_json(field(measurement.classification->metrics()));
        intervals[name.key] = interval_json(field(measurement.resampled_classification).interval());
    });
    json["labels"] = Json::array();
    for (const Tag& tag : results.model->tags) json["labels"].push_back(tag.name);
    json["confusion"] = confusion_json(confusion);
    json["recall"] = Json::array();
    intervals["recall"] = Json::array();
    for (std::size_t label = 0; label < confusion.label_count(); ++label) {
        json["recall"].push_back(number_json(confusion.recall(label)));
        intervals["recall"].push_back(interval_json(measurement.resampled_classification.recalls[label].interval()));
    }
    json["intervals"] = intervals;
    return json;
}

// One score of both models, their difference and its resamples.
template <template <typename> typename Table, typename Field>
Json pair_json(const PairedMetrics<Table>& paired, Field field) {
    const BootstrapDistribution resampled = field(paired.resampled_difference);
    return {{"model", number_json(field(paired.model))},
            {"other", number_json(field(paired.other))},
            {"difference", number_json(field(paired.difference))},
            {"interval", interval_json(resampled.interval())},
            {"not_better_share", number_json(resampled.share_at_or_below(0.0))}};
}

Json compared_tags_json(const EvaluationResults& results) {
    const Comparison& comparison = results.compared->comparison;
    Json tags = Json::array();
    for (std::size_t i = 0; i < comparison.tags.size(); ++i) {
        Json json{{"tag", results.model->tags[comparison.tags[i]].name}};
        for_each_tag_metric([&](const ShownMetric& name, auto field) {
            json[name.key] = pair_json(comparison.tagging, [&](const auto& table) { return field(table.tags[i]); });
        });
        tags.push_back(json);
    }
    return tags;
}

Json comparison_json(const EvaluationResults& results) {
    if (!results.compared) return nullptr;
    const Comparison& comparison = results.compared->comparison;
    Json json{{"model", results.compared->model->name}, {"path", results.compared->path}};
    for_each_tagging_mean(
        [&](const ShownMetric& name, auto field) { json[name.key] = pair_json(comparison.tagging, field); });
    if (comparison.classification) {
        for_each_classification_metric([&](const ShownMetric& name, auto field) {
            json[name.key] = pair_json(*comparison.classification, field);
        });
    }
    json["tags"] = compared_tags_json(results);
    return json;
}

}  // namespace

void write_json(std::ostream& stream, const EvaluationResults& results) {
    const TaggingReport& report = results.measurement.tagging;
    const TaggingMetrics metrics = report.metrics();
    Json json{{"model", results.model->name},
              {"data", results.data},
              {"split", results.split},
              {"gain_db", results.tagger.gain_db},
              {"max_duration_s", number_json(results.max_duration_s)},
              {"plain", results.tagger.plain},
              {"clips", report.clip_count()}};
    Json intervals;
    for_each_tagging_mean([&](const ShownMetric& name, auto field) {
        json[name.key] = number_json(field(metrics));
        intervals[name.key] =
            interval_json(name.interval(field(metrics), field(results.measurement.resampled_tagging)));
    });
    json["intervals"] = intervals;
    json["bootstrap"] = bootstrap_json(results);
    json["single_label"] = single_label_json(results);
    json["comparison"] = comparison_json(results);
    json["tags"] = tags_json(results);
    json["left_out"] = Json::array();
    for (const std::size_t tag : report.left_out()) json["left_out"].push_back(results.model->tags[tag].name);
    json["problems"] = results.problems;
    stream << json.dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
}

}  // namespace earmark
