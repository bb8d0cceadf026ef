#include "metrics/ranked_scores.h"

#include <algorithm>
#include <cassert>

#include "metrics/ranking.h"

namespace earmark {

RankedScores::RankedScores(const LabeledScores& scores) {
    const std::vector<LabeledScore>& labeled = scores.entries();
    std::vector<std::uint32_t> order;
    order.reserve(scores.known_count());
    for (std::uint32_t clip = 0; clip < labeled.size(); ++clip) {
        if (labeled[clip].truth != Truth::unknown) order.push_back(clip);
    }
    std::ranges::stable_sort(order, [&](auto a, auto b) { return labeled[a].score > labeled[b].score; });

    entries_.reserve(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        const LabeledScore& entry = labeled[order[i]];
        const bool last_of_its_score = i + 1 == order.size() || labeled[order[i + 1]].score != entry.score;
        entries_.push_back({order[i], entry.truth == Truth::present, entry.predicted, last_of_its_score});
    }
}

RankedScores::Metrics RankedScores::metrics(std::span<const std::uint32_t> clip_counts) const {
    RocAucSum roc_auc;
    AveragePrecisionSum average_precision;
    std::uint64_t positive_count = 0;
    std::uint64_t known_count = 0;
    DecisionCounts decisions;
    for (const Entry entry : entries_) {
        assert(entry.clip < clip_counts.size());
        const std::uint64_t times = clip_counts[entry.clip];
        known_count += times;
        positive_count += entry.positive ? times : 0;
        if (entry.predicted) (entry.positive ? decisions.true_positive_count : decisions.false_positive_count) += times;
        if (!entry.last_of_its_score) continue;
        roc_auc.take(positive_count, known_count - positive_count);
        average_precision.take(positive_count, known_count - positive_count);
    }
    decisions.false_negative_count = positive_count - decisions.true_positive_count;
    decisions.true_negative_count = known_count - positive_count - decisions.false_positive_count;
    return {roc_auc.value(), average_precision.value(), decisions};
}

}  // namespace earmark
