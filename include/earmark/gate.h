#pragma once

#include <span>
#include <vector>

#include "earmark/export.h"

namespace earmark {

/// Separates music from other sounds, and music like that of the training from other music. It works on the
/// standardized embedding, the input of the classifier's first layer, and apart from the tags. A value; any number of
/// threads may use one.
struct EARMARK_EXPORT Gate {
    /// Logistic regression: sigmoid(weights . embedding + bias) is the probability that a clip is music.
    std::vector<float> music_weights;  ///< one for each number of the embedding
    float music_bias = 0.0F;
    float least_music_probability = 0.5F;  ///< below it a clip is not music; within [0, 1]

    /// The first principal directions of the embeddings of the training clips, component_count x length of the
    /// embedding, each of length 1 and orthogonal to the others up to rounding.
    std::vector<float> components;
    int component_count = 0;         ///< within [1, 1024]
    float greatest_distance = 0.0F;  ///< finite, at least 0; a clip that is farther away is unlike the training clips

    bool operator==(const Gate&) const = default;
};

/// What a gate measures of a clip.
struct EARMARK_EXPORT GateMeasures {
    double music_probability = 0.0;  ///< within [0, 1]

    /// The root mean square of what is left of the standardized embedding when its parts along the components are
    /// taken away: the distance in feature space (reconstruction error) of principal component analysis.
    double distance = 0.0;
};

/// REQUIRES: as many numbers as the gate has music_weights.
EARMARK_EXPORT GateMeasures measure(const Gate& gate, std::span<const float> standardized_embedding);

}  // namespace earmark
