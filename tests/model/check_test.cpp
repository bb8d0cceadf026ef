#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <string>

#include "earmark/error.h"
#include "tiny_model.h"

namespace earmark {
namespace {

using testing::StartsWith;

constexpr float infinity = std::numeric_limits<float>::infinity();
const float not_a_number = std::nanf("");

/// The message of check(), or nothing.
std::string problem_of(const Model& model) {
    try {
        model.check();
        return "";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::invalid_model);
        return error.what();
    }
}

struct Breakage {
    const char* name;
    std::function<void(Model&)> apply;
    const char* field;
};

class ModelCheck : public testing::TestWithParam<Breakage> {};

TEST_P(ModelCheck, names_the_field) {
    Model model = test::tiny_model();
    GetParam().apply(model);
    EXPECT_THAT(problem_of(model), StartsWith(GetParam().field));
}

const Breakage breakages[] = {
    {"name_not_utf8", [](Model& m) { m.name = "\xFF"; }, "name is "},
    {"spectrogram", [](Model& m) { m.spectrogram.hop_samples = 0; }, "spectrogram.hop_samples"},
    {"normalization_mean", [](Model& m) { m.normalization.mean = not_a_number; }, "normalisation.mean is "},
    {"normalization_deviation", [](Model& m) { m.normalization.deviation = 0; }, "normalisation.deviation is 0"},
    {"no_network", [](Model& m) { m.architectures.clear(); }, "networks is "},
    {"too_many_networks", [](Model& m) { m.architectures.resize(65, m.architectures[0]); }, "networks is 65 long"},
    {"architecture", [](Model& m) { m.architectures[1].segment_frames = 0; }, "networks[1].segment_frames"},
    {"pooling_leaves_no_frame", [](Model& m) { m.architectures[0].layers[1].pool_frames = 4; },
     "networks[0].layers[1]"},
    {"no_tag", [](Model& m) { m.tags.clear(); }, "tags is empty"},
    {"label_empty", [](Model& m) { m.tags[1].label.clear(); }, "tags[1].label is empty"},
    {"label_twice", [](Model& m) { m.tags[2].label = m.tags[0].label; }, "tags[2].label is \"genre---Rock\""},
    {"label_of_two_lines", [](Model& m) { m.tags[0].label = "a\nb"; }, "tags[0].label is \"a\\nb\""},
    {"tag_name_empty", [](Model& m) { m.tags[0].name.clear(); }, "tags[0].name is empty"},
    {"tag_name_not_utf8", [](Model& m) { m.tags[0].name = "\xC3("; }, "tags[0].name is "},
    {"threshold_below", [](Model& m) { m.tags[2].threshold = -0.01F; }, "tags[2].threshold is -0.01"},
    {"threshold_above", [](Model& m) { m.tags[2].threshold = 1.01F; }, "tags[2].threshold is 1.01"},
    {"threshold_nan", [](Model& m) { m.tags[2].threshold = not_a_number; }, "tags[2].threshold is nan"},
    {"slope_negative", [](Model& m) { m.tags[1].calibration = Calibration::platt(-0.5F, 0); },
     "tags[1].calibration.slope is -0.5: expected a finite number of at least 0"},
    {"slope_infinite", [](Model& m) { m.tags[1].calibration = Calibration::platt(infinity, 0); },
     "tags[1].calibration.slope is inf"},
    {"slope_nan", [](Model& m) { m.tags[1].calibration = Calibration::platt(not_a_number, 0); },
     "tags[1].calibration.slope is nan"},
    {"intercept_infinite", [](Model& m) { m.tags[1].calibration = Calibration::platt(1, -infinity); },
     "tags[1].calibration.intercept is -inf"},
    {"intercept_nan", [](Model& m) { m.tags[1].calibration = Calibration::platt(1, not_a_number); },
     "tags[1].calibration.intercept is nan"},
    {"identity_with_parameters", [](Model& m) { m.tags[1].calibration.slope = 2; },
     "tags[1].calibration is identity with parameters"},
    {"calibration_of_softmax",
     [](Model& m) {
         m.classifier.output = OutputKind::softmax;
         m.tags[1].calibration = Calibration::platt(1, 0);
     },
     "tags[1].calibration is platt: expected identity"},
    {"meaning_of_two_lines", [](Model& m) { m.tags[1].meaning = "quiet\nand slow"; }, "tags[1].meaning is "},
    {"source_escape", [](Model& m) { m.tags[1].source = "\x1b[31m"; }, "tags[1].source is "},
    {"parent_unknown", [](Model& m) { m.tags[1].parent = "Soft"; },
     "tags[1].parent is \"Soft\": expected the name of a tag of the same category"},
    {"parent_of_another_category", [](Model& m) { m.tags[1].parent = "Rock"; }, "tags[1].parent is \"Rock\""},
    {"parent_itself", [](Model& m) { m.tags[1].parent = "Calm"; },
     "tags[1].parent is \"Calm\": expected no tag that is its own parent"},
    {"parents_in_a_circle",
     [](Model& m) {
         for (Tag& tag : m.tags) tag.category = TagCategory::mood;
         m.tags[0].parent = "Calm";
         m.tags[1].parent = m.tags[2].name;
         m.tags[2].parent = "Calm";
     },
     "tags[1].parent is "},
    {"tag_score_nan",
     [](Model& m) {
         m.tags[1].score = TagScore{HUGE_VAL - HUGE_VAL, 0, 1};
     },
     "tags[1].score.roc_auc is "},
    {"tag_score_above_its_interval",
     [](Model& m) {
         m.tags[1].score = TagScore{0.8, 0.6, 0.7};
     },
     "tags[1].score.high is 0.7"},
    {"tag_score_below_its_interval",
     [](Model& m) {
         m.tags[1].score = TagScore{0.5, 0.6, 0.7};
     },
     "tags[1].score.low is 0.6"},
    {"self_test_too_long", [](Model& m) { m.self_test.duration_s = 61; }, "self_test.duration_s is 61"},
    {"self_test_too_short", [](Model& m) { m.self_test.duration_s = 0; }, "self_test.duration_s is 0"},
    {"self_test_tolerance", [](Model& m) { m.self_test.tolerance = 0; }, "self_test.tolerance is 0"},
    {"self_test_count", [](Model& m) { m.self_test.probabilities.pop_back(); }, "self_test.probabilities is 2 long"},
    {"self_test_value", [](Model& m) { m.self_test.probabilities[1] = 2; }, "self_test.probabilities[1] is 2"},
    {"provenance_not_utf8", [](Model& m) { m.provenance.license = "\x80"; }, "provenance.licence is "},
    {"provenance_escape", [](Model& m) { m.provenance.command = "\x1b[31m"; }, "provenance.command is "},
    {"score_metric", [](Model& m) { m.provenance.scores[1].metric = "\x07"; }, "provenance.scores[1].metric is "},
    {"score_value", [](Model& m) { m.provenance.scores[0].value = HUGE_VAL; }, "provenance.scores[0].value is inf"},
    {"network_missing", [](Model& m) { m.networks.pop_back(); }, "networks is 1 long: expected 2"},
    {"convolution_missing", [](Model& m) { m.networks[0].convolutions.pop_back(); }, "network.0.convolution is 1 long"},
    {"convolution_weight", [](Model& m) { m.networks[0].convolutions[1].weights.pop_back(); },
     "network.0.convolution.1.weight is 23 long: expected 24"},
    {"convolution_bias", [](Model& m) { m.networks[1].convolutions[0].biases.push_back(0); },
     "network.1.convolution.0.bias is 3 long: expected 2"},
    {"dense_weight", [](Model& m) { m.networks[1].dense.weights.clear(); }, "network.1.dense.weight is 0 long"},
    {"output_bias", [](Model& m) { m.networks[1].output.biases.pop_back(); }, "network.1.output.bias is 2 long"},
    {"tag_more_than_outputs",
     [](Model& m) {
         m.tags.push_back(tag_from_label("new"));
         m.self_test.probabilities.push_back(0);
     },
     "network.0.output.weight is 15 long: expected 20"},
    {"weight_nan", [](Model& m) { m.networks[0].dense.weights[2] = not_a_number; }, "network.0.dense.weight[2] is nan"},
    {"weight_infinite", [](Model& m) { m.networks[0].dense.weights[2] = -infinity; },
     "network.0.dense.weight[2] is -inf"},
    {"weight_beyond_float16", [](Model& m) { m.networks[0].dense.weights[2] = 65520; },
     "network.0.dense.weight[2] is 65520: expected a number that fits float16"},
    {"bias_infinite", [](Model& m) { m.networks[0].output.biases[0] = infinity; }, "network.0.output.bias[0] is inf"},
    {"classifier_without_layer", [](Model& m) { m.classifier.layers.clear(); }, "classifier.layer is empty"},
    {"classifier_hidden_layer_empty", [](Model& m) { m.classifier.layers[0] = {}; }, "classifier.hidden_unit_counts"},
    {"classifier_mean_count", [](Model& m) { m.classifier.means.pop_back(); }, "classifier.mean is 8 long"},
    {"classifier_mean_nan", [](Model& m) { m.classifier.means[3] = not_a_number; }, "classifier.mean[3] is nan"},
    {"classifier_deviation_zero", [](Model& m) { m.classifier.deviations[8] = 0; }, "classifier.deviation[8] is 0"},
    {"classifier_deviation_negative", [](Model& m) { m.classifier.deviations[8] = -1; },
     "classifier.deviation[8] is -1"},
    {"classifier_weight", [](Model& m) { m.classifier.layers[1].weights.pop_back(); },
     "classifier.layer.1.weight is 20 long: expected 21"},
};

INSTANTIATE_TEST_SUITE_P(Breakages, ModelCheck, testing::ValuesIn(breakages),
                         [](const auto& instance) { return std::string(instance.param.name); });

std::string problem_with_gate(const std::function<void(Gate&)>& damage) {
    Model model = test::tiny_model_with_facts();
    damage(*model.gate);
    return problem_of(model);
}

TEST(ModelCheck, names_the_field_of_the_gate) {
    EXPECT_EQ(problem_with_gate([](Gate&) {}), "");
    EXPECT_THAT(problem_with_gate([](Gate& g) { g.music_weights.pop_back(); }),
                StartsWith("gate.music.weight is 17 long: expected 18"));
    EXPECT_THAT(problem_with_gate([](Gate& g) { g.music_weights[3] = not_a_number; }),
                StartsWith("gate.music.weight[3] is nan"));
    EXPECT_THAT(problem_with_gate([](Gate& g) { g.music_bias = infinity; }), StartsWith("gate.music_bias is inf"));
    EXPECT_THAT(problem_with_gate([](Gate& g) { g.least_music_probability = 1.5F; }),
                StartsWith("gate.least_music_probability is 1.5"));
    EXPECT_THAT(problem_with_gate([](Gate& g) { g.component_count = 3; }),
                StartsWith("gate.component.weight is 36 long: expected 54"));
    for (const int count : {0, -1, 1025}) {
        EXPECT_THAT(problem_with_gate([&](Gate& g) { g.component_count = count; }),
                    StartsWith("gate.component_count is " + std::to_string(count)));
    }
    EXPECT_THAT(problem_with_gate([](Gate& g) { g.greatest_distance = -1.0F; }),
                StartsWith("gate.greatest_distance is -1"));
}

std::string problem_with_members(const std::function<void(ClassifierWeights&)>& damage) {
    Model model = test::tiny_model_with_members();
    damage(model.classifier);
    return problem_of(model);
}

TEST(ModelCheck, names_the_member_of_the_classifier) {
    EXPECT_EQ(problem_with_members([](ClassifierWeights&) {}), "");
    EXPECT_THAT(problem_with_members([](ClassifierWeights& c) { c.members.pop_back(); }),
                StartsWith("classifier.members is 1 long: expected none, or at least 2"));
    EXPECT_THAT(problem_with_members([](ClassifierWeights& c) { c.members[1].input_count = 5; }),
                StartsWith("classifier.members is for 19 numbers of the embedding: expected members for all 18"));
    EXPECT_THAT(problem_with_members([](ClassifierWeights& c) { c.members[0].input_count = 0; }),
                StartsWith("classifier.members[0].input_count is 0: expected at least 1"));
    EXPECT_THAT(problem_with_members([](ClassifierWeights& c) { c.members[0].layers.clear(); }),
                StartsWith("classifier.members[0].hidden_unit_counts is empty: expected at least one"));
    EXPECT_THAT(problem_with_members([](ClassifierWeights& c) { c.members[1].layers[0] = {}; }),
                StartsWith("classifier.members[1].hidden_unit_counts is 0: expected at least 1"));
    EXPECT_THAT(problem_with_members([](ClassifierWeights& c) { c.members[1].layers[1].weights.pop_back(); }),
                StartsWith("classifier.member.1.layer.1.weight is 11 long: expected 12"));
    EXPECT_THAT(problem_with_members([](ClassifierWeights& c) { c.layers[0].weights.pop_back(); }),
                StartsWith("classifier.layer.0.weight is 34 long: expected 35"));
}

TEST(ModelCheck, passes_what_is_right) { EXPECT_EQ(problem_of(test::tiny_model()), ""); }

TEST(ModelCheck, passes_a_model_whose_self_test_is_not_known_yet) {
    Model model = test::tiny_model();
    model.self_test.probabilities.clear();
    EXPECT_EQ(problem_of(model), "");
}

TEST(ModelCheck, passes_values_at_the_edge_of_their_range) {
    Model model = test::tiny_model();
    model.name.clear();
    model.tags[0].threshold = 0.0F;
    model.tags[1].threshold = 1.0F;
    model.networks[0].dense.weights[0] = 65519.0F;
    model.provenance = {"two\nlines", "a\tb", "", "", {}};
    EXPECT_EQ(problem_of(model), "");
}

TEST(ModelCheck, passes_a_great_weight_that_is_stored_as_float32) {
    Model model = test::tiny_model();
    model.weight_type = WeightType::float32;
    model.networks[0].dense.weights[2] = 1e30F;
    EXPECT_EQ(problem_of(model), "");
}

TEST(ModelCheck, is_made_before_anything_is_written) {
    Model model = test::tiny_model();
    model.tags[0].threshold = 2.0F;
    EXPECT_THROW(serialize_model(model), Error);
}

}  // namespace
}  // namespace earmark
