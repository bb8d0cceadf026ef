#include "training/clips/segments.h"

#include <algorithm>
#include <span>

#include "base/float16.h"

namespace earmark {

void copy_segment(const CachedFrames& frames, std::size_t first_frame, std::size_t segment_frames, float* target) {
    const std::size_t band_count = frames.values.size() / frames.frame_count;
    const std::span values(target, segment_frames * band_count);
    for (std::size_t done = 0; done < segment_frames;) {
        const std::size_t first = first_frame % frames.frame_count;
        const std::size_t count = std::min(segment_frames - done, frames.frame_count - first);
        floats_from_halves(frames.rows(first, count), values.subspan(done * band_count, count * band_count));
        done += count;
        first_frame += count;
    }
}

void copy_segment(const CachedFrames& frames, std::size_t first_frame, std::size_t segment_frames,
                  const Normalization& normalization, float* target) {
    copy_segment(frames, first_frame, segment_frames, target);
    const std::size_t band_count = frames.values.size() / frames.frame_count;
    normalize(std::span(target, segment_frames * band_count), normalization);
}

}  // namespace earmark
