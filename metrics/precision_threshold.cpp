#include "metrics/precision_threshold.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>
#include <vector>

namespace earmark {
namespace {

// Clips next to each other in the order of their scores, which the regression takes for equal.
struct Block {
    float lowest_score = 0.0F;
    double positive_count = 0.0;
    double count = 0.0;

    double frequency() const { return positive_count / count; }

    void take(const Block& lower) {
        lowest_score = lower.lowest_score;
        positive_count += lower.positive_count;
        count += lower.count;
    }
};

// A block for each clip whose truth is known, highest scores first.
std::vector<Block> clip_blocks(std::span<const float> scores, std::span<const float> truths) {
    std::vector<Block> clips;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        if (!std::isnan(truths[i])) clips.push_back({scores[i], truths[i], 1.0});
    }
    std::ranges::sort(clips, std::greater(), &Block::lowest_score);
    return clips;
}

// From the highest scores down; frequencies fall.
std::vector<Block> isotonic_blocks(const std::vector<Block>& clips) {
    std::vector<Block> blocks;
    for (std::size_t i = 0; i < clips.size(); ++i) {
        Block next = clips[i];
        while (i + 1 < clips.size() && clips[i + 1].lowest_score == next.lowest_score) next.take(clips[++i]);
        while (!blocks.empty() && next.frequency() >= blocks.back().frequency()) {
            Block higher = blocks.back();
            blocks.pop_back();
            higher.take(next);
            next = higher;
        }
        blocks.push_back(next);
    }
    return blocks;
}

}  // namespace

std::optional<float> lowest_threshold_with_precision(std::span<const float> scores, std::span<const float> truths,
                                                     double least_precision, std::size_t least_positive_count) {
    assert(scores.size() == truths.size());
    const std::vector<Block> clips = clip_blocks(scores, truths);
    double all_positives = 0.0;
    for (const Block& clip : clips) all_positives += clip.positive_count;
    if (all_positives < static_cast<double>(least_positive_count)) return std::nullopt;
    std::optional<float> threshold;
    double positive_count = 0.0;
    double count = 0.0;
    for (const Block& block : isotonic_blocks(clips)) {
        positive_count += block.positive_count;
        count += block.count;
        if (positive_count >= least_precision * count) threshold = block.lowest_score;
    }
    return threshold;
}

}  // namespace earmark
