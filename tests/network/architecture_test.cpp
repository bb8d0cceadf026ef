#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "earmark/error.h"
#include "earmark/network.h"
#include "tests/support/small_model.h"

namespace earmark {
namespace {

NetworkArchitecture valid() { return paper_architectures()[1]; }

std::string message_of(const NetworkArchitecture& architecture) {
    try {
        architecture.check();
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::usage);
        return error.what();
    }
    return "nothing was thrown";
}

TEST(NetworkArchitecture, has_a_feature_for_each_filter) {
    EXPECT_EQ(paper_architectures()[0].feature_count(), 512U);
    EXPECT_EQ(paper_architectures()[2].feature_count(), 768U);
}

TEST(NetworkArchitecture, leaves_one_frame_in_the_networks_of_the_paper) {
    for (const NetworkArchitecture& architecture : paper_architectures()) {
        EXPECT_EQ(architecture.output_frames(), 1) << architecture.segment_frames;
    }
}

TEST(NetworkArchitecture, leaves_out_frames_that_do_not_fill_a_window) {
    const NetworkArchitecture architecture = {29, {{5, 7, 2}, {4, 10, 3}, {2, 9, 1}}, 10};
    EXPECT_EQ(architecture.output_frames(), 4);
}

TEST(NetworkArchitecture, without_layers_leaves_every_frame_and_has_no_feature) {
    const NetworkArchitecture architecture = {29, {}, 10};
    EXPECT_EQ(architecture.output_frames(), 29);
    EXPECT_EQ(architecture.feature_count(), 0U);
}

TEST(NetworkArchitecture, has_no_output_frames_for_a_pool_of_none) {
    NetworkArchitecture architecture = valid();
    architecture.layers[0].pool_frames = 0;
    EXPECT_EQ(architecture.output_frames(), 0);
}

TEST(NetworkArchitecture, of_the_paper_passes_its_check) {
    for (const NetworkArchitecture& architecture : paper_architectures()) {
        EXPECT_NO_THROW(architecture.check()) << architecture.segment_frames;
    }
}

TEST(NetworkArchitecture, of_108_and_216_frames_passes_its_check) {
    NetworkArchitecture architecture = paper_architectures()[2];
    for (const int segment_frames : {108, 216}) {
        architecture.segment_frames = segment_frames;
        architecture.layers.push_back({2, 256, 2});
        EXPECT_NO_THROW(architecture.check());
        EXPECT_EQ(architecture.output_frames(), 1);
    }
}

struct Wrong {
    const char* name;
    std::function<void(NetworkArchitecture&)> spoil;
    const char* message;  // that it starts with
};

void PrintTo(const Wrong& wrong, std::ostream* stream) { *stream << wrong.name; }

class WrongArchitecture : public testing::TestWithParam<Wrong> {};

TEST_P(WrongArchitecture, is_refused_with_the_name_of_the_field) {
    NetworkArchitecture architecture = valid();
    GetParam().spoil(architecture);
    EXPECT_THAT(message_of(architecture), testing::StartsWith(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    Field, WrongArchitecture,
    testing::Values(
        Wrong{"no_frames", [](auto& a) { a.segment_frames = 0; }, "segment_frames: expected 1 to 100000, not 0"},
        Wrong{"too_many_frames", [](auto& a) { a.segment_frames = 100'001; }, "segment_frames: expected 1 to 100000"},
        Wrong{"no_layers", [](auto& a) { a.layers.clear(); }, "layers: expected 1 to 64 layers, not 0"},
        Wrong{"too_many_layers",
              [](auto& a) {
                  a.layers.assign(65, {1, 1, 1});
              },
              "layers: expected 1 to 64 layers"},
        Wrong{"no_kernel", [](auto& a) { a.layers[1].kernel_frames = 0; }, "layers[1].kernel_frames: expected 1 to"},
        Wrong{"negative_kernel", [](auto& a) { a.layers[1].kernel_frames = -3; },
              "layers[1].kernel_frames: expected 1"},
        Wrong{"no_filters", [](auto& a) { a.layers[2].filter_count = 0; },
              "layers[2].filter_count: expected 1 to 65536"},
        Wrong{"many_filters", [](auto& a) { a.layers[2].filter_count = 65'537; }, "layers[2].filter_count: expected 1"},
        Wrong{"no_pool", [](auto& a) { a.layers[0].pool_frames = 0; }, "layers[0].pool_frames: expected 1 to"},
        Wrong{"no_frame_left", [](auto& a) { a.layers[2].pool_frames = 4; },
              "layers[2].pool_frames: expected at most the 3 "},
        Wrong{"no_dense_units", [](auto& a) { a.dense_unit_count = 0; },
              "dense_unit_count: expected 1 to 65536, not 0"},
        Wrong{"vast_kernel",
              [](auto& a) {
                  a.layers = {{1, 65'536, 1}, {100'000, 65'536, 1}};
              },
              "layers[1].filter_count: expected at most"},
        Wrong{"vast_activation",
              [](auto& a) {
                  a.segment_frames = 100'000, a.layers = {{1, 65'536, 1}};
              },
              "layers[0].filter_count: expected at most"},
        Wrong{"vast_dense_layer",
              [](auto& a) {
                  a.segment_frames = 4000, a.layers = {{1, 65'536, 1}}, a.dense_unit_count = 65'536;
              },
              "dense_unit_count: expected at most"}),
    [](const auto& wrong) { return wrong.param.name; });

}  // namespace
}  // namespace earmark
