#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "earmark/export.h"
#include "earmark/model.h"

namespace earmark {

/// A statistic over the values that the segments of a clip have for one filter.
enum class Statistic {
    mean,       ///< over the segments of the clip (Lee & Nam 2017, section II)
    deviation,  ///< standard deviation over the segments (of the population: 0 for a single segment)
};

/// A run of numbers of an embedding that belong together: one number for each filter of a level.
struct EARMARK_EXPORT EmbeddingBlock {
    std::size_t first = 0;   ///< index into ClipResult::embedding
    std::size_t count = 0;   ///< the filters of the level
    int segment_frames = 0;  ///< the scale: NetworkArchitecture::segment_frames of the network
    int level = 0;           ///< of the network, from 1 (next to the spectrogram) on
    Statistic statistic = Statistic::mean;

    bool operator==(const EmbeddingBlock&) const = default;
};

/// Which number of ClipResult::embedding is which scale, level and statistic. The blocks follow each other without gap
/// and cover the embedding: network after network; within a network the means of all levels, then, where the model has
/// them (Aggregation::across_segments), the deviations of all levels. Every number is a statistic, over the segments of
/// the clip, of the maximum over a segment's time of one filter's activation after ReLU. Thread-safe.
EARMARK_EXPORT std::vector<EmbeddingBlock> embedding_layout(const Model& model);

/// Each number of an embedding minus its mean over the training clips, divided by its deviation over them
/// (ClassifierWeights): what the first layer of the classifier and the gate get. Distances between embeddings mean
/// something only so, since the filters differ in scale. REQUIRES: Model::feature_count() numbers. Thread-safe.
EARMARK_EXPORT std::vector<float> standardized_embedding(const Model& model, std::span<const float> embedding);

/// The cosine of the angle between two vectors, within [-1, 1]; 0 where one has no length. REQUIRES: equal lengths.
/// Thread-safe.
EARMARK_EXPORT double cosine_similarity(std::span<const float> first, std::span<const float> second);

}  // namespace earmark
