#include "earmark/embedding.h"

namespace earmark {

std::vector<EmbeddingBlock> embedding_layout(const Model& model) {
    std::vector<Statistic> statistics{Statistic::mean};
    if (model.aggregation.across_segments == AcrossSegments::mean_and_deviation) {
        statistics.push_back(Statistic::deviation);
    }
    std::vector<EmbeddingBlock> blocks;
    std::size_t first = 0;
    for (const NetworkArchitecture& architecture : model.architectures) {
        for (const Statistic statistic : statistics) {
            int level = 0;
            for (const ConvolutionLayer& layer : architecture.layers) {
                const auto count = static_cast<std::size_t>(layer.filter_count);
                blocks.push_back({first, count, architecture.segment_frames, ++level, statistic});
                first += count;
            }
        }
    }
    return blocks;
}

}  // namespace earmark
