#include "spectrogram/frame_analyzer.h"

#include <cassert>
#include <cmath>
#include <numbers>

#include "base/vector_clones.h"
#include "spectrogram/logarithm.h"
#include "spectrogram/resampler_gain.h"

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

EARMARK_VECTOR_CLONES
void apply_window(std::span<const float> frame, std::span<const float> window, std::span<float> windowed) noexcept {
    for (std::size_t i = 0; i < window.size(); ++i) {
        const float sample = std::abs(frame[i]) < greatest_sample ? frame[i] : 0.0F;
        windowed[i] = sample * window[i];
    }
}

void compress(std::span<float> mel, float log_scale) noexcept {
    for (float& value : mel) value = 1.0F + log_scale * value;
    take_log10(mel);
}

// With n times the samples in a window, magnitudes are n times as great, and there is sound beyond what resampling
// would have left.
std::vector<float> gains_as_if_resampled(std::size_t bin_count, int oversampling) {
    std::vector<float> gains(bin_count, 1.0F);
    if (oversampling == 1) return gains;
    for (std::size_t bin = 0; bin < bin_count; ++bin) {
        const double fraction = static_cast<double>(bin) / static_cast<double>(bin_count - 1);
        gains[bin] = static_cast<float>(resampler_gain(fraction) / oversampling);
    }
    return gains;
}

}  // namespace

FrameAnalyzer::FrameAnalyzer(const SpectrogramSettings& settings, int oversampling)
    : window_(hann_window(static_cast<std::size_t>(settings.window_samples) * static_cast<std::size_t>(oversampling))),
      fourier_(window_.size()),
      bin_count_(static_cast<std::size_t>(settings.window_samples) / 2 + 1),
      mel_bank_(settings, gains_as_if_resampled(bin_count_, oversampling)),
      log_scale_(static_cast<float>(settings.log_scale)) {
    magnitudes_.resize(mel_bank_.padded_bin_count());
}

void FrameAnalyzer::analyze(std::span<const float> frame, std::span<float> log_mel) {
    assert(frame.size() == window_.size() && log_mel.size() == mel_bank_.band_count());
    apply_window(frame, window_, fourier_.input());
    fourier_.compute(std::span(magnitudes_).first(bin_count_));
    mel_bank_.apply(magnitudes_, log_mel);
    compress(log_mel, log_scale_);
}

}  // namespace earmark
