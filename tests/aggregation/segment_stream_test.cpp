
#include <gtest/gtest.h>

#include <numeric>
#include <tuple>

#include "earmark/aggregation.h"
#include "tests/support/cut_segments.h"

namespace earmark {
namespace {

Matrix numbered_frames(std::size_t frame_count) {
    Matrix frames(frame_count, 2);
    std::iota(frames.values().begin(), frames.values().end(), 0.0F);
    return frames;
}

std::vector<float> streamed(SegmentStream& stream, const Matrix& frames, std::vector<std::size_t>& block_sizes) {
    std::vector<float> values;
    const auto keep = [&](std::span<const float> block) {
        values.insert(values.end(), block.begin(), block.end());
        block_sizes.push_back(block.size());
    };
    for (std::size_t frame = 0; frame < frames.row_count(); ++frame) stream.add(frames.row(frame), keep);
    stream.finish(keep);
    return values;
}

class SegmentStreamOf : public testing::TestWithParam<std::tuple<std::size_t, std::size_t, std::size_t>> {};

TEST_P(SegmentStreamOf, gives_the_segments_of_the_whole_clip_in_blocks) {
    const auto [frame_count, segment_frames, block_segments] = GetParam();
    const Matrix frames = numbered_frames(frame_count);
    const Matrix whole = cut_segments(frames, segment_frames);
    SegmentStream stream(segment_frames, 2, block_segments);
    for (int time = 0; time < 2; ++time) {
        std::vector<std::size_t> block_sizes;
        EXPECT_EQ(streamed(stream, frames, block_sizes), std::vector(whole.values().begin(), whole.values().end()));
        for (const std::size_t size : block_sizes) EXPECT_LE(size, block_segments * segment_frames * 2);
    }
}

INSTANTIATE_TEST_SUITE_P(, SegmentStreamOf,
                         testing::Combine(testing::Values(1, 2, 3, 4, 5, 7, 8, 9, 11, 12, 13, 16, 17, 23, 24, 25, 100),
                                          testing::Values(1, 3, 4), testing::Values(1, 2, 3, 64)));

TEST(SegmentStream, starts_anew_after_reset) {
    const Matrix frames = numbered_frames(7);
    SegmentStream stream(3, 2, 2);
    for (std::size_t frame = 0; frame < 5; ++frame) stream.add(frames.row(frame), [](std::span<const float>) {});
    stream.reset();
    std::vector<std::size_t> block_sizes;
    const Matrix whole = cut_segments(frames, 3);
    EXPECT_EQ(streamed(stream, frames, block_sizes), std::vector(whole.values().begin(), whole.values().end()));
}

}  // namespace
}  // namespace earmark
