#include "explain/contributions.h"

#include <algorithm>
#include <functional>
#include <numeric>

#include "explain/embedding_map.h"
#include "explain/log_odds.h"

namespace earmark {
namespace {

// Embeddings from each of which something is taken away, one below the other.
class Ablations {
public:
    Ablations(const Model& model, std::span<const float> embedding)
        : means_(model.classifier.means), embedding_(embedding), blocks_(map_embedding(model)) {}

    // Returns the row.
    std::size_t add(const std::function<bool(const ExplainedLevel&)>& is_taken_away) {
        const std::size_t first = values_.size();
        values_.insert(values_.end(), embedding_.begin(), embedding_.end());
        for (const MappedBlock& block : blocks_) {
            if (!is_taken_away(block.cell)) continue;
            const auto means = means_.subspan(block.first, block.count);
            std::ranges::copy(means, values_.begin() + static_cast<std::ptrdiff_t>(first + block.first));
        }
        return first / embedding_.size();
    }

    Matrix take() {
        const std::size_t row_count = values_.size() / embedding_.size();
        return {row_count, embedding_.size(), std::move(values_)};
    }

private:
    std::span<const float> means_;
    std::span<const float> embedding_;
    std::vector<MappedBlock> blocks_;
    std::vector<float> values_;
};

// The rows in which one thing after the other is taken away.
struct Rows {
    std::size_t whole = 0;
    std::size_t at_mean = 0;
    std::vector<std::size_t> cells, scales, levels;
};

Rows add_rows(const Model& model, Ablations& ablations) {
    Rows rows;
    rows.whole = ablations.add([](const ExplainedLevel&) { return false; });
    rows.at_mean = ablations.add([](const ExplainedLevel&) { return true; });
    int level_count = 0;
    for (const ExplainedLevel& cell : explained_levels(model)) {
        rows.cells.push_back(ablations.add([&](const ExplainedLevel& other) { return other == cell; }));
        level_count = std::max(level_count, cell.level);
    }
    for (std::size_t scale = 0; scale < model.architectures.size(); ++scale)
        rows.scales.push_back(ablations.add([scale](const ExplainedLevel& cell) { return cell.scale == scale; }));
    for (int level = 1; level <= level_count; ++level)
        rows.levels.push_back(ablations.add([level](const ExplainedLevel& cell) { return cell.level == level; }));
    return rows;
}

}  // namespace

std::vector<TagContributions> contributions(const Model& model, Classifier& classifier,
                                            std::span<const float> embedding, std::span<const std::size_t> tags) {
    Ablations ablations(model, embedding);
    const Rows rows = add_rows(model, ablations);
    const Matrix logits = classifier.logits(ablations.take());
    std::vector<TagContributions> all;
    for (const std::size_t tag : tags) {
        const auto at = [&](std::size_t row) { return log_odds(model, logits.row(row), tag); };
        const auto lost = [&](const std::vector<std::size_t>& without) {
            std::vector<double> changes;
            changes.reserve(without.size());
            for (const std::size_t row : without) changes.push_back(at(rows.whole) - at(row));
            return changes;
        };
        TagContributions tag_contributions{at(rows.whole), at(rows.at_mean), lost(rows.cells), lost(rows.scales),
                                           lost(rows.levels)};
        tag_contributions.interactions =
            tag_contributions.log_odds - tag_contributions.log_odds_at_mean -
            std::accumulate(tag_contributions.of_cells.begin(), tag_contributions.of_cells.end(), 0.0);
        all.push_back(std::move(tag_contributions));
    }
    return all;
}

}  // namespace earmark
