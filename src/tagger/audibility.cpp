#include "tagger/audibility.h"

#include <cassert>
#include <cmath>
#include <numbers>

namespace earmark {
namespace {

constexpr double quietest_noise_db = -70.0;
constexpr double above_mean = 3.0;
constexpr double hann_power = 3.0 / 8.0;  // mean of the squared window

}  // namespace

float audible_log_mel(const SpectrogramSettings& settings) {
    const double noise = std::pow(10.0, quietest_noise_db / 20.0);
    const auto window_samples = static_cast<double>(settings.window_samples);
    // Magnitudes of noise are Rayleigh distributed, and filters of unit area add up to one over the width of a bin.
    const double magnitude = noise * std::sqrt(hann_power * window_samples) * std::sqrt(std::numbers::pi) / 2.0;
    const double mel = magnitude * window_samples / settings.sample_rate_hz;
    return static_cast<float>(std::log10(1.0 + settings.log_scale * above_mean * mel));
}

void AudibleSegments::add(bool is_audible) {
    if (frame_count_ % segment_frames_ == 0) segments_.push_back(false);
    ++frame_count_;
    if (!is_audible) return;
    segments_.back() = true;
    audible_end_ = frame_count_;
}

void AudibleSegments::finish() {
    assert(frame_count_ > 0);
    const bool is_moved_back = frame_count_ > segment_frames_ && frame_count_ % segment_frames_ != 0;
    if (is_moved_back) segments_.back() = audible_end_ + segment_frames_ > frame_count_;
}

void AudibleSegments::reset() {
    segments_.clear();
    frame_count_ = 0;
    audible_end_ = 0;
}

}  // namespace earmark
