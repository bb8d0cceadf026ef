#include "training/local_learning/timed_targets.h"

#include <algorithm>

namespace earmark {

TimedTargets::TimedTargets(const TeacherTargets& teachers, const std::vector<TrainingClip>& clips,
                           const SpectrogramSettings& settings)
    : teachers_(teachers), frame_s_(static_cast<double>(settings.hop_samples) / settings.sample_rate_hz) {
    places_.reserve(clips.size());
    for (const TrainingClip& clip : clips) places_.push_back(teachers.places(clip));
}

void TimedTargets::copy(std::size_t clip, std::size_t first_frame, std::size_t frame_count,
                        std::span<float> target) const {
    const double middle = static_cast<double>(first_frame) + static_cast<double>(frame_count) / 2.0;
    teachers_.copy(places_[clip], middle * frame_s_, target);
}

std::size_t TimedTargets::heard_count() const {
    const auto is_heard = [](const TeacherTargets::Places& places) {
        return std::ranges::any_of(places, [](const auto* rows) { return rows != nullptr; });
    };
    return static_cast<std::size_t>(std::ranges::count_if(places_, is_heard));
}

}  // namespace earmark
