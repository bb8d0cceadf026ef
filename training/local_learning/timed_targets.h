#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "earmark/spectrogram.h"
#include "training/clips/clips.h"
#include "training/teachers/teacher_targets.h"

namespace earmark {

/// What teachers predict for the clips of one split, by frame. Any number of threads may use one.
class TimedTargets {
public:
    /// `teachers` must outlive this.
    TimedTargets(const TeacherTargets& teachers, const std::vector<TrainingClip>& clips,
                 const SpectrogramSettings& settings);

    std::size_t column_count() const noexcept { return teachers_.column_count(); }

    /// Of the middle of some frames of clip number `clip`; NaN for what no teacher predicts. REQUIRES: target.size() ==
    /// column_count().
    void copy(std::size_t clip, std::size_t first_frame, std::size_t frame_count, std::span<float> target) const;

    /// How many of the clips at least one teacher heard.
    std::size_t heard_count() const;

private:
    const TeacherTargets& teachers_;
    double frame_s_;
    std::vector<TeacherTargets::Places> places_;
};

}  // namespace earmark
