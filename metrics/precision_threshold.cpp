#include "metrics/precision_threshold.h"

#include <cassert>
#include <vector>

#include "metrics/labeled_scores.h"

namespace earmark {
namespace {

// Clips next to each other in the order of their scores, which the regression takes for equal.
struct Block {
    float lowest_score = 0.0F;
    double positive_count = 0.0;
    double count = 0.0;

    double frequency() const { return positive_count / count; }
};

// From the highest scores down; frequencies fall.
std::vector<Block> isotonic_blocks(const LabeledScores& scores) {
    std::vector<Block> blocks;
    std::size_t positives = 0;
    std::size_t negatives = 0;
    for (const RankStep& step : scores.steps()) {
        const auto found = static_cast<double>(step.true_positive_count - positives);
        const auto wrong = static_cast<double>(step.false_positive_count - negatives);
        positives = step.true_positive_count;
        negatives = step.false_positive_count;
        if (found + wrong == 0.0) continue;
        blocks.push_back({step.score, found, found + wrong});
        while (blocks.size() > 1 && blocks.back().frequency() >= blocks[blocks.size() - 2].frequency()) {
            const Block last = blocks.back();
            blocks.pop_back();
            blocks.back().lowest_score = last.lowest_score;
            blocks.back().positive_count += last.positive_count;
            blocks.back().count += last.count;
        }
    }
    return blocks;
}

}  // namespace

std::optional<float> lowest_threshold_with_precision(std::span<const float> scores, std::span<const float> truths,
                                                     double least_precision, std::size_t least_positive_count) {
    assert(scores.size() == truths.size());
    LabeledScores labeled;
    for (std::size_t i = 0; i < scores.size(); ++i) labeled.add(scores[i], truth_of_target(truths[i]));
    if (labeled.positive_count() < least_positive_count) return std::nullopt;
    std::optional<float> threshold;
    double positive_count = 0.0;
    double count = 0.0;
    for (const Block& block : isotonic_blocks(labeled)) {
        positive_count += block.positive_count;
        count += block.count;
        if (positive_count >= least_precision * count) threshold = block.lowest_score;
    }
    return threshold;
}

}  // namespace earmark
