#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "apps/picture/canvas.h"

namespace earmark {

/// The loudest and quietest samples of equally long stretches of a clip, gathered while it is read: between 2,048 and
/// 4,096 stretches however long the clip is (fewer where it has fewer samples), so memory does not grow with it.
class WaveformPeaks {
public:
    struct Stretch {
        float least = 0.0F;
        float greatest = 0.0F;
        double square_sum = 0.0;
    };

    /// Mono.
    void add(std::span<const float> samples);

    /// Covers `seconds` from the start at `rate_hz`: of everything that was added.
    std::span<const Stretch> stretches() const noexcept { return stretches_; }
    std::size_t samples_of_a_stretch() const noexcept { return samples_of_a_stretch_; }
    std::size_t sample_count() const noexcept { return sample_count_; }

private:
    void join_pairs();

    std::vector<Stretch> stretches_;
    std::size_t samples_of_a_stretch_ = 1;
    std::size_t sample_count_ = 0;
};

/// The whole clip over the width of the box, as tall as the box at full scale or at its own loudest sample, whichever
/// is more: a quiet clip is shown up to 10 times as tall as it is. The RMS is within the peaks.
void draw_waveform(Canvas& canvas, const Box& box, const WaveformPeaks& peaks, const Theme& theme);

}  // namespace earmark
