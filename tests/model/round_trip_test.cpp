#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "base/float16.h"
#include "model_bytes.h"

namespace earmark {
namespace {

using test::Bytes;
using test::tiny_model;

Model read_back(const Model& model) { return parse_model(serialize_model(model), "tiny.earmark"); }

TEST(RoundTrip, saves_the_same_bytes_again) {
    const Bytes bytes = serialize_model(tiny_model());
    EXPECT_EQ(serialize_model(parse_model(bytes, "tiny.earmark")), bytes);
}

TEST(RoundTrip, saves_the_same_bytes_again_with_float32) {
    Model model = tiny_model();
    model.weight_type = WeightType::float32;
    const Bytes bytes = serialize_model(model);
    EXPECT_EQ(serialize_model(parse_model(bytes, "tiny.earmark")), bytes);
}

TEST(RoundTrip, saves_the_same_bytes_again_with_weights_that_float16_rounds) {
    Model model = tiny_model();
    for (float& weight : model.networks[0].dense.weights) weight /= 3.0F;
    const Bytes bytes = serialize_model(model);
    EXPECT_EQ(serialize_model(parse_model(bytes, "tiny.earmark")), bytes);
}

TEST(RoundTrip, keeps_settings_and_architectures) {
    const Model model = tiny_model();
    const Model copy = read_back(model);
    EXPECT_EQ(copy.name, model.name);
    EXPECT_EQ(copy.spectrogram, model.spectrogram);
    EXPECT_EQ(copy.normalization, model.normalization);
    EXPECT_EQ(copy.architectures, model.architectures);
    EXPECT_EQ(copy.aggregation, model.aggregation);
    EXPECT_EQ(copy.weight_type, model.weight_type);
}

TEST(RoundTrip, keeps_tags) { EXPECT_EQ(read_back(tiny_model()).tags, tiny_model().tags); }

TEST(RoundTrip, keeps_calibrations) {
    const Model model = test::tiny_model_with_calibrations();
    EXPECT_EQ(read_back(model).tags, model.tags);
    EXPECT_EQ(serialize_model(read_back(model)), serialize_model(model));
}

TEST(RoundTrip, keeps_what_is_known_about_tags) {
    const Model model = test::tiny_model_with_facts();
    EXPECT_EQ(read_back(model).tags, model.tags);
    EXPECT_EQ(serialize_model(read_back(model)), serialize_model(model));
}

TEST(RoundTrip, keeps_the_gate) {
    const Model model = test::tiny_model_with_facts();
    EXPECT_EQ(read_back(model).gate, model.gate);
    EXPECT_EQ(read_back(tiny_model()).gate, std::nullopt);
}

TEST(RoundTrip, keeps_the_members_of_the_classifier) {
    const Model model = test::tiny_model_with_members();
    const Model copy = read_back(model);
    ASSERT_EQ(copy.classifier.members.size(), 2U);
    EXPECT_EQ(copy.classifier.members[1].input_count, 4U);
    EXPECT_EQ(copy.classifier.members[1].layers[0].weights, model.classifier.members[1].layers[0].weights);
    EXPECT_EQ(copy.classifier.layers[0].weights, model.classifier.layers[0].weights);
    EXPECT_EQ(serialize_model(copy), serialize_model(model));
}

TEST(RoundTrip, keeps_the_self_test) { EXPECT_EQ(read_back(tiny_model()).self_test, tiny_model().self_test); }

TEST(RoundTrip, keeps_provenance_and_scores) { EXPECT_EQ(read_back(tiny_model()).provenance, tiny_model().provenance); }

TEST(RoundTrip, keeps_texts_that_json_has_to_escape) {
    Model model = tiny_model();
    model.tags[0].name = R"(7" \ "mix" / \u0041 </script> 🎵)";
    model.provenance.command = "line\n\tsecond \"line\"";
    const Model copy = read_back(model);
    EXPECT_EQ(copy.tags, model.tags);
    EXPECT_EQ(copy.provenance, model.provenance);
}

TEST(RoundTrip, keeps_biases_and_statistics_exactly) {
    Model model = tiny_model();
    model.networks[1].dense.biases = {0.1F, 1.0F / 3.0F, 1e-30F, 1e30F, -0.0F, 7.7F};
    const Model copy = read_back(model);
    EXPECT_EQ(copy.networks[1].dense.biases, model.networks[1].dense.biases);
    EXPECT_EQ(copy.classifier.means, model.classifier.means);
    EXPECT_EQ(copy.classifier.deviations, model.classifier.deviations);
}

TEST(RoundTrip, keeps_weights_exactly_with_float32) {
    Model model = tiny_model();
    model.weight_type = WeightType::float32;
    model.networks[0].dense.weights[0] = 1.0F / 3.0F;
    model.classifier.layers[1].weights[3] = 1e20F;
    const Model copy = read_back(model);
    EXPECT_EQ(copy.networks[0].dense.weights, model.networks[0].dense.weights);
    EXPECT_EQ(copy.classifier.layers[1].weights, model.classifier.layers[1].weights);
}

TEST(RoundTrip, rounds_weights_to_float16_as_serialization_does) {
    Model model = tiny_model();
    model.networks[0].dense.weights[0] = 1.0F / 3.0F;
    const Model rounded = round_trip(model);
    EXPECT_EQ(rounded.networks[0].dense.weights[0], float_from_half(half_from_float(1.0F / 3.0F)));
    EXPECT_NE(rounded.networks[0].dense.weights[0], 1.0F / 3.0F);
    EXPECT_EQ(serialize_model(rounded), serialize_model(model));
}

TEST(RoundTrip, is_what_writing_and_reading_gives) {
    const std::string path = testing::TempDir() + "earmark_round_trip.earmark";
    Model model = tiny_model();
    model.networks[0].dense.weights[0] = 0.123F;
    write_model(model, path);
    EXPECT_EQ(serialize_model(read_model(path)), serialize_model(round_trip(model)));
    std::filesystem::remove(path);
}

class RoundTripOfFloat : public testing::TestWithParam<float> {};

// Floats are written with as few digits as will do: they must come back as they were.
TEST_P(RoundTripOfFloat, is_exact) {
    Model model = tiny_model();
    model.tags[0].threshold = GetParam();
    model.self_test.probabilities[2] = GetParam();
    model.normalization.mean = -GetParam();
    const Model copy = read_back(model);
    EXPECT_EQ(copy.tags[0].threshold, GetParam());
    EXPECT_EQ(copy.self_test.probabilities[2], GetParam());
    EXPECT_EQ(copy.normalization.mean, -GetParam());
}

INSTANTIATE_TEST_SUITE_P(Values, RoundTripOfFloat,
                         testing::Values(0.0F, 1.0F, 0.3F, 0.1F, 1.0F / 3.0F, 0.99999994F, 1e-7F, 5.9604645e-8F,
                                         std::numeric_limits<float>::min(), std::numeric_limits<float>::denorm_min()));

TEST(RoundTrip, writes_floats_with_as_few_digits_as_will_do) {
    const std::string header = test::header_text(serialize_model(tiny_model()));
    EXPECT_THAT(header, testing::HasSubstr(R"(\"threshold\":0.43,)"));
    EXPECT_THAT(header, testing::HasSubstr(R"(\"mean\":0.3,\"deviation\":0.7)"));
}

TEST(RoundTrip, keeps_a_classifier_without_hidden_layers_and_with_softmax) {
    Model model = tiny_model();
    model.classifier.layers = {test::some_layer(3, 9)};
    model.classifier.output = OutputKind::softmax;
    const Model copy = read_back(model);
    ASSERT_EQ(copy.classifier.layers.size(), 1U);
    EXPECT_EQ(copy.classifier.layers[0].weights, model.classifier.layers[0].weights);
    EXPECT_EQ(copy.classifier.output, OutputKind::softmax);
}

TEST(RoundTrip, keeps_any_depth_of_network) {
    Model model = tiny_model();
    model.architectures = {{64, {{1, 2, 2}, {2, 3, 2}, {3, 2, 2}, {4, 3, 2}, {5, 2, 2}}, 4}};
    NetworkWeights weights;
    std::size_t input_count = 8;
    for (const ConvolutionLayer& layer : model.architectures[0].layers) {
        const auto filter_count = static_cast<std::size_t>(layer.filter_count);
        const auto kernel_frames = static_cast<std::size_t>(layer.kernel_frames);
        weights.convolutions.push_back(test::some_layer(filter_count, input_count * kernel_frames));
        input_count = filter_count;
    }
    weights.dense = test::some_layer(4, 2 * 2);
    weights.output = test::some_layer(3, 4);
    model.networks = {weights};
    model.classifier.means.resize(12);
    model.classifier.deviations.resize(12, 1.0F);
    model.classifier.layers[0] = test::some_layer(7, 12);
    const Model copy = read_back(model);
    EXPECT_EQ(copy.architectures, model.architectures);
    EXPECT_EQ(copy.networks[0].convolutions[4].weights, weights.convolutions[4].weights);
}

// The order of the kernel is the order of PyTorch's tensors: filters x inputs x kernel_frames.
TEST(Golden, file_of_the_safetensors_package_is_the_same_model) {
    const Model model = read_model(EARMARK_GOLDEN_DIR "/model/written_by_safetensors.earmark");
    EXPECT_EQ(serialize_model(model), serialize_model(tiny_model()));
}

TEST(Golden, file_of_format_version_1_is_read) {
    const Model model = read_model(EARMARK_GOLDEN_DIR "/model/version_1.earmark");
    EXPECT_EQ(serialize_model(model), serialize_model(tiny_model()));
}

TEST(Golden, file_of_format_version_1_is_what_the_identity_is_made_of) {
    EXPECT_EQ(serialize_without_checksum(tiny_model()),
              test::file_bytes(EARMARK_GOLDEN_DIR "/model/version_1.earmark"));
}

TEST(Golden, file_of_format_version_2_is_read) {
    const Model model = read_model(EARMARK_GOLDEN_DIR "/model/version_2.earmark");
    EXPECT_EQ(model.aggregation.across_segments, AcrossSegments::mean_and_deviation);
    EXPECT_EQ(serialize_model(model), serialize_model(test::tiny_model_with_deviations()));
}

TEST(Golden, file_of_format_version_2_is_what_the_identity_is_made_of) {
    EXPECT_EQ(serialize_without_checksum(test::tiny_model_with_deviations()),
              test::file_bytes(EARMARK_GOLDEN_DIR "/model/version_2.earmark"));
}

TEST(Golden, file_of_format_version_3_is_read) {
    const Model model = read_model(EARMARK_GOLDEN_DIR "/model/version_3.earmark");
    EXPECT_EQ(model.tags[0].calibration, Calibration::platt(1.25F, -0.4F));
    EXPECT_EQ(serialize_model(model), serialize_model(test::tiny_model_with_calibrations()));
}

TEST(Golden, file_of_format_version_3_is_what_the_identity_is_made_of) {
    EXPECT_EQ(serialize_without_checksum(test::tiny_model_with_calibrations()),
              test::file_bytes(EARMARK_GOLDEN_DIR "/model/version_3.earmark"));
}

TEST(Golden, file_of_format_version_4_is_read) {
    const Model model = read_model(EARMARK_GOLDEN_DIR "/model/version_4.earmark");
    EXPECT_EQ(model.tags, test::tiny_model_with_facts().tags);
    EXPECT_EQ(model.gate, test::tiny_model_with_facts().gate);
    EXPECT_EQ(serialize_model(model), serialize_model(test::tiny_model_with_facts()));
}

TEST(Golden, file_of_format_version_4_is_what_the_identity_is_made_of) {
    EXPECT_EQ(serialize_without_checksum(test::tiny_model_with_facts()),
              test::file_bytes(EARMARK_GOLDEN_DIR "/model/version_4.earmark"));
}

TEST(Golden, file_of_format_version_5_is_read) {
    const Model model = read_model(EARMARK_GOLDEN_DIR "/model/version_5.earmark");
    EXPECT_EQ(serialize_model(model), serialize_model(test::tiny_model_with_members()));
}

TEST(Golden, file_of_format_version_5_is_what_the_identity_is_made_of) {
    EXPECT_EQ(serialize_without_checksum(test::tiny_model_with_members()),
              test::file_bytes(EARMARK_GOLDEN_DIR "/model/version_5.earmark"));
}

TEST(Golden, file_with_a_checksum_is_read_and_written_as_ever) {
    const Model model = test::tiny_model_with_calibrations();
    const test::Bytes bytes = test::file_bytes(EARMARK_GOLDEN_DIR "/model/version_3_with_checksum.earmark");
    EXPECT_EQ(serialize_model(model), bytes);
    EXPECT_EQ(serialize_model(parse_model(bytes, "golden.earmark")), bytes);
}

}  // namespace
}  // namespace earmark
