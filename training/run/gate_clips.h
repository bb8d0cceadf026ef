#pragma once

#include <string>
#include <vector>

#include "datasets/manifest/dataset.h"
#include "earmark/classifier.h"
#include "training/clips/clips.h"
#include "training/gate/gate_fit.h"

namespace earmark {

/// What a gate learns from. Clips with the tag `not_music` are not music, all others are. `train` and `valid` are
/// embeddings of the clips of these splits, those of `train` with augmented copies below, and are standardized as the
/// classifier does it. REQUIRES: `clips` are those of `dataset`, and check_gate_clips() passed.
GateClips gate_clips(const std::string& not_music, const Dataset& dataset, const TrainingClips& clips,
                     const ClassifierWeights& classifier, const Matrix& train, const Matrix& valid);

/// Of each clip whether it is music: it has not the tag `not_music`.
std::vector<bool> are_music(const std::string& not_music, const std::vector<Clip>& clips);

/// Throws Error (invalid_dataset) when the training clips are all music or all not music, or when no validation clip is
/// music.
void check_gate_clips(const std::string& not_music, const Dataset& dataset);

}  // namespace earmark
