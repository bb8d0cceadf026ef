// Compiled with -ffast-math, so that GCC takes the vector functions of glibc's libmvec for exp and log. What the clones
// give may so differ by a rounding.
#include "training/augmentation/log_mel_changes.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "base/vector_clones.h"

namespace earmark {
namespace {

/// A place between two neighbors.
struct Between {
    std::size_t before;
    float share_of_next;
};

Between between(float position, std::size_t count) {
    const float last = static_cast<float>(count - 1);
    const float inside = std::clamp(position, 0.0F, last);
    const auto before = static_cast<std::size_t>(inside);
    return {before, inside - static_cast<float>(before)};
}

EARMARK_VECTOR_CLONES
void mix(const float* left, const float* right, float share_of_right, float* target, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) target[i] = left[i] + share_of_right * (right[i] - left[i]);
}

EARMARK_VECTOR_CLONES
void multiply_magnitudes(float* values, const float* factors, std::size_t count) {
    constexpr float ln10 = std::numbers::ln10_v<float>;
    constexpr float log10_e = std::numbers::log10e_v<float>;
    for (std::size_t i = 0; i < count; ++i) {
        values[i] = std::log(1.0F + (std::exp(values[i] * ln10) - 1.0F) * factors[i]) * log10_e;
    }
}

}  // namespace

void warp(std::span<const float> source, std::span<float> target, std::size_t band_count, float pace, float shift) {
    const std::size_t source_count = source.size() / band_count;
    const std::size_t target_count = target.size() / band_count;
    const float whole_bands = std::floor(shift);
    // A frame with its edges carried on as far as the shift reaches.
    const auto margin = static_cast<std::size_t>(std::abs(whole_bands)) + 1;
    std::vector<float> frame(margin + band_count + margin);
    const float* const shifted = frame.data() + margin + static_cast<std::ptrdiff_t>(whole_bands);
    const float from_middle = 0.5F * static_cast<float>(target_count - 1);
    const float middle = 0.5F * static_cast<float>(source_count - 1);
    for (std::size_t i = 0; i < target_count; ++i) {
        const Between at = between((static_cast<float>(i) - from_middle) * pace + middle, source_count);
        const float* const left = source.data() + at.before * band_count;
        const float* const right = source.data() + std::min(at.before + 1, source_count - 1) * band_count;
        float* const bands = frame.data() + margin;
        mix(left, right, at.share_of_next, bands, band_count);
        std::fill(frame.data(), bands, bands[0]);
        std::fill(bands + band_count, frame.data() + frame.size(), bands[band_count - 1]);
        mix(shifted, shifted + 1, shift - whole_bands, target.data() + i * band_count, band_count);
    }
}

void equalize(std::span<float> values, std::span<const float> factors) noexcept {
    for (std::size_t first = 0; first < values.size(); first += factors.size()) {
        multiply_magnitudes(values.data() + first, factors.data(), factors.size());
    }
}

}  // namespace earmark
