#pragma once

#include <cstddef>

#include "earmark/gate.h"
#include "earmark/matrix.h"

namespace earmark {

/// What a gate is fitted on: standardized embeddings, clips x values, all of the same length.
struct GateClips {
    Matrix music;            ///< of the training split, possibly with augmented copies; at least one
    Matrix not_music;        ///< the same; at least one
    Matrix familiar;         ///< of the training split, music without copies; at least one
    Matrix valid_music;      ///< of clips that nothing was learned from; at least one
    Matrix valid_not_music;  ///< the same, possibly none
};

/// Logistic regression with both classes of equal weight and with weight decay, by L-BFGS; the first `component_count`
/// principal directions of `familiar` by singular value decomposition (fewer where it has fewer clips or values). A
/// clip is not music below a probability of 0.5, or below a lower one that 96 of 100 of `valid_music` reach; one is
/// unlike the training clips at a distance that 95 of 100 of `valid_music` do not exceed. The same result on every
/// machine up to rounding. REQUIRES: component_count within [1, 1024].
Gate fit_gate(const GateClips& clips, int component_count);

/// What a gate finds in validation clips.
struct GateAnswers {
    std::size_t music_count = 0;       ///< of valid_music
    std::size_t called_not_music = 0;  ///< of these
    std::size_t called_unsure = 0;     ///< of these: unlike the training clips, and not called not music
    std::size_t not_music_count = 0;   ///< of valid_not_music
    std::size_t found_not_music = 0;   ///< of these
};

GateAnswers count_gate_answers(const Gate& gate, const GateClips& clips);

}  // namespace earmark
