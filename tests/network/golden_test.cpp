// Parity with PyTorch: tests/golden/network/generate.py.
#include <gtest/gtest.h>

#include <string>

#include "earmark/aggregation.h"
#include "earmark/network.h"
#include "tests/support/cut_segments.h"
#include "tests/support/golden_file.h"
#include "tests/support/small_model.h"
#include "tests/support/whole_stages.h"

namespace earmark {
namespace {

constexpr double tolerance = 1e-4;

std::size_t size(int count) { return static_cast<std::size_t>(count); }

// Rows of every level's activation for one segment.
std::vector<std::size_t> level_frames(const NetworkArchitecture& architecture) {
    std::vector<std::size_t> result;
    std::size_t frame_count = size(architecture.segment_frames);
    for (const ConvolutionLayer& layer : architecture.layers) {
        result.push_back(frame_count);
        frame_count /= size(layer.pool_frames);
    }
    return result;
}

void expect_activations(const std::vector<Matrix>& activations, const NetworkArchitecture& architecture,
                        std::size_t segment_count, GoldenFile& golden) {
    const auto frames = level_frames(architecture);
    ASSERT_EQ(activations.size(), architecture.layers.size());
    for (std::size_t level = 0; level < frames.size(); ++level) {
        const Matrix expected =
            golden.matrix(segment_count * frames[level], size(architecture.layers[level].filter_count));
        EXPECT_LT(greatest_difference(activations[level], expected), tolerance) << "level " << level + 1;
    }
}

LayerWeights read_layer(GoldenFile& golden, std::size_t output_count, std::size_t input_count) {
    LayerWeights layer;
    layer.weights = weight_vector(golden.values(output_count * input_count));
    layer.biases = golden.values(output_count);
    return layer;
}

struct SmallNetwork {
    std::string name;
    int mel_band_count;
    NetworkArchitecture architecture;
    std::size_t tag_count;
    std::size_t segment_count;
};

void PrintTo(const SmallNetwork& network, std::ostream* stream) { *stream << network.name; }

NetworkWeights read_weights(GoldenFile& golden, const SmallNetwork& small) {
    NetworkWeights weights;
    std::size_t input_count = size(small.mel_band_count);
    for (const ConvolutionLayer& layer : small.architecture.layers) {
        weights.convolutions.push_back(
            read_layer(golden, size(layer.filter_count), input_count * size(layer.kernel_frames)));
        input_count = size(layer.filter_count);
    }
    const std::size_t dense_unit_count = size(small.architecture.dense_unit_count);
    weights.dense = read_layer(golden, dense_unit_count, input_count * size(small.architecture.output_frames()));
    weights.output = read_layer(golden, small.tag_count, dense_unit_count);
    return weights;
}

class SmallNetworkWithFoldedNormalization : public testing::TestWithParam<SmallNetwork> {};

TEST_P(SmallNetworkWithFoldedNormalization, agrees_with_pytorch_at_every_stage) {
    const SmallNetwork& small = GetParam();
    GoldenFile golden(std::string("network/") + small.name + ".f32");
    Network network(small.architecture, small.mel_band_count, read_weights(golden, small));
    const Matrix segments =
        golden.matrix(small.segment_count * size(small.architecture.segment_frames), size(small.mel_band_count));
    expect_activations(network.activations(segments.values()), small.architecture, small.segment_count, golden);
    const Matrix maxima = golden.matrix(small.segment_count, small.architecture.feature_count());
    EXPECT_LT(greatest_difference(level_maxima(network, segments), maxima), tolerance);
    const Matrix probabilities = golden.matrix(small.segment_count, small.tag_count);
    EXPECT_LT(greatest_difference(network.probabilities(segments.values()), probabilities), tolerance);
    EXPECT_TRUE(golden.is_finished());
}

INSTANTIATE_TEST_SUITE_P(
    Golden, SmallNetworkWithFoldedNormalization,
    testing::Values(SmallNetwork{"three_levels", 16, {27, {{3, 8, 3}, {3, 12, 3}, {3, 16, 3}}, 12}, 5, 5},
                    SmallNetwork{
                        "frames_left_before_dense", 13, {29, {{5, 7, 2}, {4, 10, 3}, {2, 9, 1}, {1, 11, 1}}, 10}, 3, 9},
                    SmallNetwork{"kernel_longer_than_level", 16, {12, {{2, 24, 4}, {5, 8, 1}, {4, 6, 2}}, 7}, 2, 3},
                    SmallNetwork{"one_level", 5, {10, {{4, 3, 4}}, 4}, 1, 2}),
    [](const auto& network) { return network.param.name; });

class PaperNetwork : public testing::TestWithParam<int> {
protected:
    static NetworkArchitecture architecture() {
        for (const NetworkArchitecture& paper : paper_architectures()) {
            if (paper.segment_frames == GetParam()) {
                return paper;
            }
        }
        NetworkArchitecture longer = paper_architectures().back();
        while (longer.segment_frames < GetParam()) {
            longer.segment_frames *= 2;
            longer.layers.push_back({2, 256, 2});
        }
        return longer;
    }
    static std::uint32_t seed() { return static_cast<std::uint32_t>(GetParam()); }

    GoldenFile golden_ = GoldenFile("network/paper_" + std::to_string(GetParam()) + ".f32");
    Network network_ = Network(architecture(), 128, formula_network(architecture(), 128, 50, seed()));
    Matrix segment_ = Lcg(1000 + seed()).matrix(2.0F, size(GetParam()), 128);
};

TEST_P(PaperNetwork, agrees_with_pytorch_at_full_width) {
    if (GetParam() <= 54) {
        expect_activations(network_.activations(segment_.values()), architecture(), 1, golden_);
    }
    const Matrix maxima = golden_.matrix(1, architecture().feature_count());
    EXPECT_LT(greatest_difference(level_maxima(network_, segment_), maxima), tolerance);
    EXPECT_LT(greatest_difference(network_.probabilities(segment_.values()), golden_.matrix(1, 50)), tolerance);
    EXPECT_TRUE(golden_.is_finished());
}

INSTANTIATE_TEST_SUITE_P(Frames, PaperNetwork, testing::Values(18, 27, 54, 108, 216),
                         testing::PrintToStringParamName());

TEST(Embedding, of_the_three_networks_of_the_paper_agrees_with_pytorch) {
    const Matrix clip = Lcg(7).matrix(2.0F, 200, 128);
    std::vector<float> embedding;
    for (const NetworkArchitecture& architecture : paper_architectures()) {
        const auto seed = static_cast<std::uint32_t>(architecture.segment_frames);
        Network network(architecture, 128, formula_network(architecture, 128, 50, seed));
        SegmentStatistics mean(architecture.feature_count());
        add_rows(mean, level_maxima(network, cut_segments(clip, size(architecture.segment_frames))));
        const auto means = mean.value();
        embedding.insert(embedding.end(), means.begin(), means.end());
    }
    GoldenFile golden("network/embedding.f32");
    EXPECT_LT(greatest_difference(embedding, golden.values(1792)), tolerance);
    EXPECT_TRUE(golden.is_finished());
}

}  // namespace
}  // namespace earmark
