#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "earmark/model.h"

namespace earmark::test {

/// Numbers within [-1, 1) without a pattern, each a float16 exactly.
inline std::vector<float> some_numbers(std::size_t count) {
    static constexpr int modulus = 512;
    std::vector<float> numbers(count);
    for (std::size_t i = 0; i < count; ++i) {
        numbers[i] = static_cast<float>((i * 389 + count * 31) % modulus) / (modulus / 2.0F) - 1.0F;
    }
    return numbers;
}

inline LayerWeights some_layer(std::size_t output_count, std::size_t input_count) {
    return {weight_vector(some_numbers(output_count * input_count)), some_numbers(output_count)};
}

/// A valid model of two networks and three tags, a few thousand bytes long, in which no two dimensions that could be
/// taken for each other are equal, and every field is filled. tests/golden/model/generate.py makes the same. (The model
/// of tests/support is made to run; this one is made to be damaged.)
inline Model tiny_model() {
    Model model;
    model.name = "tiny";
    model.spectrogram = {8000, 64, 32, 8, 0.0, 4000.0, 10.0};
    model.normalization = {0.3F, 0.7F};
    model.architectures = {{6, {{3, 4, 2}, {2, 3, 3}}, 5}, {4, {{3, 2, 2}}, 6}};
    model.networks = {{{some_layer(4, 8 * 3), some_layer(3, 4 * 2)}, some_layer(5, 3 * 1), some_layer(3, 5)},
                      {{some_layer(2, 8 * 3)}, some_layer(6, 2 * 2), some_layer(3, 6)}};
    model.classifier.means = some_numbers(9);
    model.classifier.deviations = {0.1F, 0.2F, 0.3F, 0.4F, 0.5F, 0.6F, 0.7F, 0.8F, 0.9F};
    model.classifier.layers = {some_layer(7, 9), some_layer(3, 7)};
    model.tags = {{"genre---Rock", "Rock", TagCategory::genre, 0.43F, {}},
                  {"mood---Calm", "Calm", TagCategory::mood, 0.2F, {}},
                  {"Sch\u00f6n", "Sch\u00f6n", TagCategory::other, 0.5F, {}}};
    model.self_test = {0.5, 0.01, {0.1F, 0.25F, 0.999F}};
    model.provenance = {"three tones (3 clips)",
                        "earmark train tiny.toml",
                        "2026-01-31",
                        "CC0-1.0",
                        {{"roc_auc", "valid", 0.7654321}, {"roc_auc", "test", 0.75}}};
    return model;
}

/// The same whose aggregation has deviations, which format version 1 does not know.
inline Model tiny_model_with_deviations() {
    Model model = tiny_model();
    model.aggregation.across_segments = AcrossSegments::mean_and_deviation;
    model.classifier.means = some_numbers(18);
    model.classifier.deviations.insert(model.classifier.deviations.end(),
                                       {1.1F, 1.2F, 1.3F, 1.4F, 1.5F, 1.6F, 1.7F, 1.8F, 1.9F});
    model.classifier.layers.front() = some_layer(7, 18);
    return model;
}

/// And with calibrations that have parameters, which format versions 1 and 2 do not know.
inline Model tiny_model_with_calibrations() {
    Model model = tiny_model_with_deviations();
    model.tags[0].calibration = Calibration::platt(1.25F, -0.4F);
    model.tags[2].calibration = Calibration::platt(0.0F, 2.0F);
    return model;
}

/// And with facts about its tags and a gate, which format versions 1 to 3 do not know.
inline Model tiny_model_with_facts() {
    Model model = tiny_model_with_calibrations();
    model.tags[0].meaning = "loud guitars and drums";
    model.tags[0].parent = "Pop";
    model.tags[0].source = "true labels";
    model.tags[0].score = TagScore{0.85, 0.8, 0.90625};
    model.tags[2].label = "genre---Pop";
    model.tags[2].name = "Pop";
    model.tags[2].category = TagCategory::genre;
    model.gate = Gate{some_numbers(18), 0.75F, 0.4F, some_numbers(2 * 18), 2, 1.5F};
    return model;
}

/// And with a classifier that has members, which format versions 1 to 4 do not know.
inline Model tiny_model_with_members() {
    Model model = tiny_model_with_facts();
    model.classifier.members = {{14, {some_layer(5, 14), some_layer(3, 5)}}, {4, {some_layer(6, 4), some_layer(2, 6)}}};
    model.classifier.layers = {some_layer(7, 3 + 2), some_layer(3, 7)};
    return model;
}

}  // namespace earmark::test
