#include "spectrogram/frame_analyser.h"

#include <cassert>
#include <cmath>
#include <numbers>

namespace earmark {
namespace {

// Far beyond audio in any scale (32-bit integers taken as floats reach 2e9); at the longest window the squared
// magnitudes of such samples are still below the greatest float.
constexpr float greatest_sample = 1e12F;

// Periodic: the sample after the last one would be the first of the next period.
std::vector<float> hann_window(std::size_t length) {
    std::vector<float> window(length);
    for (std::size_t i = 0; i < length; ++i) {
        const double turn = static_cast<double>(i) / static_cast<double>(length);
        window[i] = static_cast<float>(0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * turn));
    }
    return window;
}

void apply_window(std::span<const float> frame, std::span<const float> window, std::span<float> windowed) noexcept {
    for (std::size_t i = 0; i < window.size(); ++i) {
        const float sample = std::abs(frame[i]) < greatest_sample ? frame[i] : 0.0F;
        windowed[i] = sample * window[i];
    }
}

void compress(std::span<float> mel, float log_scale) noexcept {
    for (float& value : mel) value = std::log10(1.0F + log_scale * value);
}

}  // namespace

FrameAnalyser::FrameAnalyser(const SpectrogramSettings& settings)
    : window_(hann_window(static_cast<std::size_t>(settings.window_samples))),
      fourier_(window_.size()),
      mel_bank_(settings),
      log_scale_(static_cast<float>(settings.log_scale)) {
    magnitudes_.resize(mel_bank_.padded_bin_count());
}

void FrameAnalyser::analyse(std::span<const float> frame, std::span<float> log_mel) {
    assert(frame.size() == window_.size() && log_mel.size() == mel_bank_.band_count());
    apply_window(frame, window_, fourier_.input());
    fourier_.compute(magnitudes_);
    mel_bank_.apply(magnitudes_, log_mel);
    compress(log_mel, log_scale_);
}

}  // namespace earmark
