#include "earmark/embedding.h"

#include <algorithm>
#include <cassert>
#include <cmath>

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

std::vector<float> standardized_embedding(const Model& model, std::span<const float> embedding) {
    const ClassifierWeights& classifier = model.classifier;
    assert(embedding.size() == classifier.means.size());
    std::vector<float> standardized(embedding.size());
    for (std::size_t i = 0; i < standardized.size(); ++i)
        standardized[i] = (embedding[i] - classifier.means[i]) / classifier.deviations[i];
    return standardized;
}

double cosine_similarity(std::span<const float> first, std::span<const float> second) {
    assert(first.size() == second.size());
    double product = 0.0;
    double first_square = 0.0;
    double second_square = 0.0;
    for (std::size_t i = 0; i < first.size(); ++i) {
        product += static_cast<double>(first[i]) * second[i];
        first_square += static_cast<double>(first[i]) * first[i];
        second_square += static_cast<double>(second[i]) * second[i];
    }
    const double length = std::sqrt(first_square * second_square);
    return length == 0.0 ? 0.0 : std::clamp(product / length, -1.0, 1.0);
}

}  // namespace earmark
