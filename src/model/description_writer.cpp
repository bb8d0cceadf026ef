#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "model/check.h"
#include "model/description.h"
#include "model/description_names.h"

namespace earmark {
namespace {

// Keys keep the order in which they are added, so that the text is always the same.
using OrderedJson = nlohmann::ordered_json;

template <typename Enum, std::size_t count>
std::string_view name_of(Enum value, const std::array<Named<Enum>, count>& names) {
    for (const auto& [candidate, name] : names) {
        if (candidate == value) return name;
    }
    return names.front().second;
}

/// A double whose text is as short as a float's may be (0.3, not 0.30000001192...), and which is that float again.
double shortest(float value) {
    std::array<char, 32> text{};
    const auto written = std::to_chars(text.data(), text.data() + text.size(), value);
    double result = 0.0;
    std::from_chars(text.data(), written.ptr, result);
    return static_cast<float>(result) == value ? result : static_cast<double>(value);
}

OrderedJson write_spectrogram(const SpectrogramSettings& settings) {
    return {{"sample_rate_hz", settings.sample_rate_hz},
            {"window_samples", settings.window_samples},
            {"hop_samples", settings.hop_samples},
            {"mel_band_count", settings.mel_band_count},
            {"lowest_hz", settings.lowest_hz},
            {"highest_hz", settings.highest_hz},
            {"log_scale", settings.log_scale}};
}

OrderedJson write_normalization(const Normalization& normalization) {
    return {{"mean", shortest(normalization.mean)}, {"deviation", shortest(normalization.deviation)}};
}

OrderedJson write_architecture(const NetworkArchitecture& architecture) {
    OrderedJson layers = OrderedJson::array();
    for (const ConvolutionLayer& layer : architecture.layers) {
        layers.push_back({{"kernel_frames", layer.kernel_frames},
                          {"filter_count", layer.filter_count},
                          {"pool_frames", layer.pool_frames}});
    }
    return {{"segment_frames", architecture.segment_frames},
            {"layers", std::move(layers)},
            {"dense_unit_count", architecture.dense_unit_count}};
}

OrderedJson write_aggregation(const Aggregation& aggregation) {
    return {{"within_segment", name_of(aggregation.within_segment, within_segment_rules)},
            {"across_segments", name_of(aggregation.across_segments, across_segments_rules)}};
}

// What format version 5 added is left out where a classifier does not have it.
OrderedJson write_classifier(const ClassifierWeights& classifier) {
    const ClassifierShape shape = classifier_shape(classifier);
    OrderedJson json;
    for (const ClassifierShape::Member& member : shape.members) {
        json["members"].push_back({{"input_count", member.input_count}, {"hidden_unit_counts", member.unit_counts}});
    }
    json["hidden_unit_counts"] = shape.hidden_unit_counts;
    json["output"] = name_of(classifier.output, output_kinds);
    return json;
}

// As format versions 1 and 2 have it, where that will do.
OrderedJson write_calibration(const Calibration& calibration) {
    if (calibration.kind == Calibration::Kind::identity) return identity_calibration;
    return {{"kind", platt_calibration},
            {"slope", shortest(calibration.slope)},
            {"intercept", shortest(calibration.intercept)}};
}

// What format version 4 added is left out where a tag does not have it.
OrderedJson write_tag(const Tag& tag) {
    OrderedJson json = {{"label", tag.label},
                        {"name", tag.name},
                        {"category", category_name(tag.category)},
                        {"threshold", shortest(tag.threshold)},
                        {"calibration", write_calibration(tag.calibration)}};
    if (!tag.meaning.empty()) json["meaning"] = tag.meaning;
    if (!tag.parent.empty()) json["parent"] = tag.parent;
    if (!tag.source.empty()) json["source"] = tag.source;
    if (tag.score)
        json["score"] = {{"roc_auc", tag.score->roc_auc}, {"low", tag.score->low}, {"high", tag.score->high}};
    return json;
}

OrderedJson write_gate(const Gate& gate) {
    return {{"music_bias", shortest(gate.music_bias)},
            {"least_music_probability", shortest(gate.least_music_probability)},
            {"component_count", gate.component_count},
            {"greatest_distance", shortest(gate.greatest_distance)}};
}

OrderedJson write_self_test(const SelfTest& self_test) {
    OrderedJson probabilities = OrderedJson::array();
    for (const float probability : self_test.probabilities) probabilities.push_back(shortest(probability));
    return {{"signal", self_test_formula},
            {"duration_s", self_test.duration_s},
            {"tolerance", self_test.tolerance},
            {"probabilities", std::move(probabilities)}};
}

OrderedJson write_provenance(const Provenance& provenance) {
    OrderedJson scores = OrderedJson::array();
    for (const Score& score : provenance.scores) {
        scores.push_back({{"metric", score.metric}, {"split", score.split}, {"value", score.value}});
    }
    return {{"training_data", provenance.training_data},
            {"command", provenance.command},
            {"date", provenance.date},
            {"licence", provenance.license},
            {"scores", std::move(scores)}};
}

}  // namespace

std::string write_description(const Model& model) {
    OrderedJson networks = OrderedJson::array();
    for (const NetworkArchitecture& architecture : model.architectures) {
        networks.push_back(write_architecture(architecture));
    }
    OrderedJson tags = OrderedJson::array();
    for (const Tag& tag : model.tags) tags.push_back(write_tag(tag));
    OrderedJson description = {{"name", model.name},
                               {"weight_type", name_of(model.weight_type, weight_types)},
                               {"spectrogram", write_spectrogram(model.spectrogram)},
                               {"normalisation", write_normalization(model.normalization)},
                               {"networks", std::move(networks)},
                               {"aggregation", write_aggregation(model.aggregation)},
                               {"classifier", write_classifier(model.classifier)},
                               {"tags", std::move(tags)},
                               {"self_test", write_self_test(model.self_test)},
                               {"provenance", write_provenance(model.provenance)}};
    if (model.gate) description["gate"] = write_gate(*model.gate);
    return description.dump();
}

}  // namespace earmark
