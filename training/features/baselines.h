#pragma once

#include <vector>

#include "earmark/matrix.h"
#include "training/clips/clips.h"

namespace earmark {

/// clips x (2 * mel_bands): mean and standard deviation of every mel band over the clip; the baseline without a
/// network.
Matrix mel_statistics(const std::vector<TrainingClip>& clips);

/// clips x 80: mean and standard deviation of 20 mel-frequency cepstral coefficients and of their differences from
/// frame to frame; the classic baseline. The coefficients are those of the orthonormal DCT-II of the log-mel frames.
Matrix mfcc_statistics(const std::vector<TrainingClip>& clips);

}  // namespace earmark
