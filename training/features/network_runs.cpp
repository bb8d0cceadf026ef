#include "training/features/network_runs.h"

#include "base/float16.h"

namespace earmark {

LogMelOfRow log_mel_of_clips(const std::vector<TrainingClip>& clips, const Normalization& normalization) {
    return [&clips, &normalization](std::size_t clip) {
        const CachedFrames& frames = clips[clip].frames;
        Matrix log_mel(frames.frame_count, frames.values.size() / frames.frame_count);
        floats_from_halves(frames.values, log_mel.values());
        normalize(log_mel.values(), normalization);
        return log_mel;
    };
}

}  // namespace earmark
