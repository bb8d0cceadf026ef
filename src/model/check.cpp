#include "model/check.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "base/float16.h"
#include "earmark/error.h"
#include "model/check_field.h"

namespace earmark {
namespace {

constexpr std::size_t greatest_network_count = 64;
constexpr double shortest_self_test_s = 0.05;
constexpr double longest_self_test_s = 60.0;

/// The stages' own checks name their field alone, and blame the caller.
template <typename Settings>
void check_stage(const std::string& field, const Settings& settings) {
    try {
        settings.check();
    } catch (const Error& error) {
        throw Error(ErrorCode::invalid_model, field + '.' + error.what());
    }
}

void check_architectures(const std::vector<NetworkArchitecture>& architectures) {
    if (architectures.empty() || architectures.size() > greatest_network_count) {
        fail_field("networks", std::to_string(architectures.size()) + " long",
                   "1 to " + std::to_string(greatest_network_count) + " networks");
    }
    for (std::size_t i = 0; i < architectures.size(); ++i) check_stage(indexed("networks", i), architectures[i]);
}

void check_gate(const Gate& gate) {
    constexpr int most_components = 1024;
    if (!std::isfinite(gate.music_bias)) fail_field("gate.music_bias", number_text(gate.music_bias), "a finite number");
    require_probability("gate.least_music_probability", gate.least_music_probability);
    if (gate.component_count < 1 || gate.component_count > most_components)
        fail_field("gate.component_count", std::to_string(gate.component_count), "a whole number from 1 to 1024");
    if (!(std::isfinite(gate.greatest_distance) && gate.greatest_distance >= 0.0F))
        fail_field("gate.greatest_distance", number_text(gate.greatest_distance), "a finite number of at least 0");
}

void check_self_test(const SelfTest& self_test, std::size_t tag_count) {
    if (!(shortest_self_test_s <= self_test.duration_s && self_test.duration_s <= longest_self_test_s)) {
        fail_field("self_test.duration_s", number_text(self_test.duration_s), "a number from 0.05 to 60");
    }
    if (!(0.0 < self_test.tolerance && self_test.tolerance <= 1.0)) {
        fail_field("self_test.tolerance", number_text(self_test.tolerance), "a number greater than 0 and at most 1");
    }
    const std::vector<float>& probabilities = self_test.probabilities;
    if (!probabilities.empty() && probabilities.size() != tag_count) {
        fail_field("self_test.probabilities", std::to_string(probabilities.size()) + " long",
                   "none, or one for each of the " + std::to_string(tag_count) + " tags");
    }
    for (std::size_t i = 0; i < probabilities.size(); ++i) {
        require_probability(indexed("self_test.probabilities", i), probabilities[i]);
    }
}

void check_provenance(const Provenance& provenance) {
    require_lines("provenance.training_data", provenance.training_data);
    require_lines("provenance.command", provenance.command);
    require_lines("provenance.date", provenance.date);
    require_lines("provenance.licence", provenance.license);
    for (std::size_t i = 0; i < provenance.scores.size(); ++i) {
        const Score& score = provenance.scores[i];
        const std::string field = indexed("provenance.scores", i);
        require_one_line(field + ".metric", score.metric);
        require_one_line(field + ".split", score.split);
        if (!std::isfinite(score.value)) fail_field(field + ".value", number_text(score.value), "a finite number");
    }
}

void require_count(const std::string& field, std::size_t count, std::size_t expected) {
    if (count != expected) fail_field(field, std::to_string(count) + " long", std::to_string(expected));
}

/// Product of a shape, or the greatest number when it does not fit.
std::uint64_t element_count(const TensorShape& shape) noexcept {
    std::uint64_t count = 1;
    for (const std::uint64_t size : shape) {
        if (size != 0 && count > std::numeric_limits<std::uint64_t>::max() / size) return ~std::uint64_t{0};
        count *= size;
    }
    return count;
}

UnitCounts unit_counts(const std::vector<LayerWeights>& layers) {
    UnitCounts counts;
    for (const LayerWeights& layer : layers) counts.push_back(layer.biases.size());
    return counts;
}

void require_units(const std::string& field, const UnitCounts& unit_counts) {
    if (std::ranges::find(unit_counts, 0U) != unit_counts.end()) fail_field(field, "0", "at least 1");
}

/// Whether all magnitudes are below the limit; not-a-number is not. As integers and without a branch, since millions
/// of weights are looked at before the first result.
bool are_below(std::span<const float> values, float limit) noexcept {
    std::int32_t greatest = 0;
    for (const float value : values) greatest = std::max(greatest, std::bit_cast<std::int32_t>(value) & 0x7FFFFFFF);
    return greatest < std::bit_cast<std::int32_t>(limit);
}

void check_values(const std::string& name, std::span<const float> values, TensorKind kind, WeightType type) {
    const bool is_half = kind == TensorKind::weight && type == WeightType::float16;
    const float limit = is_half ? least_half_overflow : std::numeric_limits<float>::infinity();
    if (!are_below(values, limit)) {
        std::size_t i = 0;
        while (std::abs(values[i]) < limit) ++i;
        fail_field(indexed(name, i), number_text(values[i]),
                   is_half ? "a number that fits float16" : "a finite number");
    }
    if (kind != TensorKind::deviation) return;
    for (std::size_t i = 0; i < values.size(); ++i) require_deviation(indexed(name, i), values[i]);
}

}  // namespace

void Model::check_settings() const {
    require_one_line("name", name);
    check_stage("spectrogram", spectrogram);
    if (!std::isfinite(normalization.mean)) {
        fail_field("normalisation.mean", number_text(normalization.mean), "a finite number");
    }
    require_deviation("normalisation.deviation", normalization.deviation);
    check_architectures(architectures);
    check_tags(tags, classifier.output);
    if (gate) check_gate(*gate);
    check_self_test(self_test, tags.size());
    check_provenance(provenance);
}

ClassifierShape classifier_shape(const ClassifierWeights& classifier) {
    ClassifierShape shape;
    for (const ClassifierMember& member : classifier.members)
        shape.members.push_back({member.input_count, unit_counts(member.layers)});
    shape.hidden_unit_counts = unit_counts(classifier.layers);
    if (!shape.hidden_unit_counts.empty()) shape.hidden_unit_counts.pop_back();
    return shape;
}

void check_classifier_shape(const ClassifierShape& shape, std::size_t feature_count) {
    if (shape.members.size() == 1) fail_field("classifier.members", "1 long", "none, or at least 2");
    std::uint64_t input_count = 0;
    for (std::size_t i = 0; i < shape.members.size(); ++i) {
        const std::string field = indexed("classifier.members", i);
        if (shape.members[i].input_count == 0) fail_field(field + ".input_count", "0", "at least 1");
        if (shape.members[i].unit_counts.empty()) fail_field(field + ".hidden_unit_counts", "empty", "at least one");
        require_units(field + ".hidden_unit_counts", shape.members[i].unit_counts);
        input_count += shape.members[i].input_count;
    }
    if (!shape.members.empty() && input_count != feature_count) {
        fail_field("classifier.members", "for " + std::to_string(input_count) + " numbers of the embedding",
                   "members for all " + std::to_string(feature_count));
    }
    require_units("classifier.hidden_unit_counts", shape.hidden_unit_counts);
}

void check_weights(const Model& model, WeightValues weight_values) {
    require_count("networks", model.networks.size(), model.architectures.size());
    for (std::size_t i = 0; i < model.networks.size(); ++i) {
        require_count("network." + std::to_string(i) + ".convolution", model.networks[i].convolutions.size(),
                      model.architectures[i].layers.size());
    }
    if (model.classifier.layers.empty()) fail_field("classifier.layer", "empty", "at least one layer");
    const ClassifierShape widths = classifier_shape(model.classifier);
    check_classifier_shape(widths, model.feature_count());
    visit_tensors(
        model, widths,
        [&](const std::string& name, const TensorShape& shape, std::span<const float> values, TensorKind kind) {
            const std::uint64_t expected = element_count(shape);
            if (values.size() != expected) {
                fail_field(name, std::to_string(values.size()) + " long", std::to_string(expected) + " numbers");
            }
            const bool is_float16 = kind == TensorKind::weight && model.weight_type == WeightType::float16;
            if (is_float16 && weight_values == WeightValues::known_finite) return;
            check_values(name, values, kind, model.weight_type);
        });
}

void Model::check() const {
    check_settings();
    check_weights(*this);
}

}  // namespace earmark
