#include <array>
#include <string>

#include "model/description.h"
#include "model/description_names.h"
#include "model/strict_json.h"

namespace earmark {
namespace {

template <typename Enum, std::size_t count>
Enum read_name(const JsonField& field, const std::array<Named<Enum>, count>& names) {
    std::string expected;
    for (const auto& [value, name] : names) {
        if (field.text() == name) return value;
        expected += (expected.empty() ? "" : " or ") + std::string(name);
    }
    field.fail(expected);
}

SpectrogramSettings read_spectrogram(const JsonField& field) {
    field.require_keys(
        {"sample_rate_hz", "window_samples", "hop_samples", "mel_band_count", "lowest_hz", "highest_hz", "log_scale"});
    SpectrogramSettings settings;
    settings.sample_rate_hz = field.member("sample_rate_hz").count();
    settings.window_samples = field.member("window_samples").count();
    settings.hop_samples = field.member("hop_samples").count();
    settings.mel_band_count = field.member("mel_band_count").count();
    settings.lowest_hz = field.member("lowest_hz").number();
    settings.highest_hz = field.member("highest_hz").number();
    settings.log_scale = field.member("log_scale").number();
    return settings;
}

Normalization read_normalization(const JsonField& field) {
    field.require_keys({"mean", "deviation"});
    return {field.member("mean").single_number(), field.member("deviation").single_number()};
}

NetworkArchitecture read_architecture(const JsonField& field) {
    field.require_keys({"segment_frames", "layers", "dense_unit_count"});
    NetworkArchitecture architecture;
    architecture.segment_frames = field.member("segment_frames").count();
    architecture.dense_unit_count = field.member("dense_unit_count").count();
    const JsonField layers = field.member("layers");
    for (std::size_t i = 0; i < layers.element_count(); ++i) {
        const JsonField layer = layers.element(i);
        layer.require_keys({"kernel_frames", "filter_count", "pool_frames"});
        architecture.layers.push_back({layer.member("kernel_frames").count(), layer.member("filter_count").count(),
                                       layer.member("pool_frames").count()});
    }
    return architecture;
}

Aggregation read_aggregation(const JsonField& field) {
    field.require_keys({"within_segment", "across_segments"});
    return {read_name(field.member("within_segment"), within_segment_rules),
            read_name(field.member("across_segments"), across_segments_rules)};
}

UnitCounts read_unit_counts(const JsonField& field) {
    UnitCounts counts;
    for (std::size_t i = 0; i < field.element_count(); ++i)
        counts.push_back(static_cast<std::uint64_t>(field.element(i).count()));
    return counts;
}

ClassifierShape::Member read_member(const JsonField& field) {
    field.require_keys({"input_count", "hidden_unit_counts"});
    return {static_cast<std::uint64_t>(field.member("input_count").count()),
            read_unit_counts(field.member("hidden_unit_counts"))};
}

// A key that a model may leave out is never empty: equal models have equal texts.
std::vector<ClassifierShape::Member> read_members(const JsonField& field) {
    if (field.element_count() == 0) field.fail("at least 2 members, or no such key");
    std::vector<ClassifierShape::Member> members;
    for (std::size_t i = 0; i < field.element_count(); ++i) members.push_back(read_member(field.element(i)));
    return members;
}

void read_classifier(const JsonField& field, Description& description) {
    field.require_keys({"hidden_unit_counts", "output"}, {"members"});
    description.model.classifier.output = read_name(field.member("output"), output_kinds);
    if (field.has("members")) description.classifier_shape.members = read_members(field.member("members"));
    description.classifier_shape.hidden_unit_counts = read_unit_counts(field.member("hidden_unit_counts"));
}

TagCategory read_category(const JsonField& field) {
    const TagCategory category = category_from_name(field.text());
    if (category_name(category) != field.text()) field.fail("genre, mood, instrument, voice, era or other");
    return category;
}

Calibration read_calibration(const JsonField& field) {
    if (!field.is_object()) {
        const bool is_identity = field.is_text() && field.text() == identity_calibration;
        if (!is_identity) field.fail("identity, or an object with kind, slope and intercept");
        return {};
    }
    field.require_keys({"kind", "slope", "intercept"});
    const JsonField kind = field.member("kind");
    if (kind.text() != platt_calibration) kind.fail(std::string(platt_calibration));
    return Calibration::platt(field.member("slope").single_number(), field.member("intercept").single_number());
}

// As above: never empty.
std::string read_optional_text(const JsonField& object, std::string_view key) {
    if (!object.has(key)) return {};
    const JsonField field = object.member(key);
    if (field.text().empty()) field.fail("a text that is not empty, or no such key");
    return field.text();
}

TagScore read_tag_score(const JsonField& field) {
    field.require_keys({"roc_auc", "low", "high"});
    return {field.member("roc_auc").number(), field.member("low").number(), field.member("high").number()};
}

Tag read_tag(const JsonField& field) {
    field.require_keys({"label", "name", "category", "threshold", "calibration"},
                       {"meaning", "parent", "source", "score"});
    Tag tag;
    tag.label = field.member("label").text();
    tag.name = field.member("name").text();
    tag.category = read_category(field.member("category"));
    tag.threshold = field.member("threshold").single_number();
    tag.calibration = read_calibration(field.member("calibration"));
    tag.meaning = read_optional_text(field, "meaning");
    tag.parent = read_optional_text(field, "parent");
    tag.source = read_optional_text(field, "source");
    if (field.has("score")) tag.score = read_tag_score(field.member("score"));
    return tag;
}

Gate read_gate(const JsonField& field) {
    field.require_keys({"music_bias", "least_music_probability", "component_count", "greatest_distance"});
    Gate gate;
    gate.music_bias = field.member("music_bias").single_number();
    gate.least_music_probability = field.member("least_music_probability").single_number();
    gate.component_count = field.member("component_count").count();
    gate.greatest_distance = field.member("greatest_distance").single_number();
    return gate;
}

SelfTest read_self_test(const JsonField& field) {
    field.require_keys({"signal", "duration_s", "tolerance", "probabilities"});
    const JsonField signal = field.member("signal");
    if (signal.text() != self_test_formula) signal.fail("the formula of docs/model-format.md");
    SelfTest self_test;
    self_test.duration_s = field.member("duration_s").number();
    self_test.tolerance = field.member("tolerance").number();
    const JsonField probabilities = field.member("probabilities");
    for (std::size_t i = 0; i < probabilities.element_count(); ++i) {
        self_test.probabilities.push_back(probabilities.element(i).single_number());
    }
    return self_test;
}

Provenance read_provenance(const JsonField& field) {
    field.require_keys({"training_data", "command", "date", "licence", "scores"});
    Provenance provenance;
    provenance.training_data = field.member("training_data").text();
    provenance.command = field.member("command").text();
    provenance.date = field.member("date").text();
    provenance.license = field.member("licence").text();
    const JsonField scores = field.member("scores");
    for (std::size_t i = 0; i < scores.element_count(); ++i) {
        const JsonField score = scores.element(i);
        score.require_keys({"metric", "split", "value"});
        provenance.scores.push_back(
            {score.member("metric").text(), score.member("split").text(), score.member("value").number()});
    }
    return provenance;
}

}  // namespace

Description read_description(const std::string& text) {
    const Json json = parse_strictly(text, "description");
    const JsonField field(json, "description");
    field.require_keys({"name", "weight_type", "spectrogram", "normalisation", "networks", "aggregation", "classifier",
                        "tags", "self_test", "provenance"},
                       {"gate"});
    Description description;
    Model& model = description.model;
    model.name = field.member("name").text();
    model.weight_type = read_name(field.member("weight_type"), weight_types);
    model.spectrogram = read_spectrogram(field.member("spectrogram"));
    model.normalization = read_normalization(field.member("normalisation"));
    const JsonField networks = field.member("networks");
    for (std::size_t i = 0; i < networks.element_count(); ++i) {
        model.architectures.push_back(read_architecture(networks.element(i)));
    }
    model.aggregation = read_aggregation(field.member("aggregation"));
    read_classifier(field.member("classifier"), description);
    const JsonField tags = field.member("tags");
    for (std::size_t i = 0; i < tags.element_count(); ++i) model.tags.push_back(read_tag(tags.element(i)));
    model.self_test = read_self_test(field.member("self_test"));
    model.provenance = read_provenance(field.member("provenance"));
    if (field.has("gate")) model.gate = read_gate(field.member("gate"));
    return description;
}

}  // namespace earmark
