#include "explain/embedding_map.h"

#include <algorithm>
#include <map>

namespace earmark {

std::vector<MappedBlock> map_embedding(const Model& model) {
    std::vector<MappedBlock> mapped;
    std::map<int, std::size_t> columns;  // of the levels of one network
    std::size_t column_count = 0;
    std::size_t scale_count = 0;
    for (const EmbeddingBlock& block : embedding_layout(model)) {
        if (block.level == 1 && block.statistic == Statistic::mean) {  // the next network
            columns.clear();
            column_count = 0;
            ++scale_count;
        }
        const auto [level, is_new] = columns.emplace(block.level, column_count);
        if (is_new) column_count += block.count;
        const std::size_t filter_level_count = model.architectures[scale_count - 1].layers.size();
        const bool is_unit = static_cast<std::size_t>(block.level) > filter_level_count;
        mapped.push_back({{scale_count - 1, block.segment_frames, block.level, is_unit},
                          block.first,
                          block.count,
                          level->second,
                          block.statistic});
    }
    return mapped;
}

std::vector<ExplainedLevel> explained_levels(const Model& model) {
    std::vector<ExplainedLevel> levels;
    for (const MappedBlock& block : map_embedding(model))
        if (std::ranges::find(levels, block.cell) == levels.end()) levels.push_back(block.cell);
    return levels;
}

}  // namespace earmark
