#pragma once

#include <cstddef>

#include "earmark/spectrogram.h"
#include "training/clips/log_mel_cache.h"

namespace earmark {

/// Copies `segment_frames` frames from `first_frame` on into `target` (frames x mel_bands), as floats; a clip that is
/// shorter is repeated as a whole. The second form normalizes them.
void copy_segment(const CachedFrames& frames, std::size_t first_frame, std::size_t segment_frames, float* target);
void copy_segment(const CachedFrames& frames, std::size_t first_frame, std::size_t segment_frames,
                  const Normalization& normalization, float* target);

}  // namespace earmark
