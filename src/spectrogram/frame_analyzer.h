#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "earmark/spectrogram.h"
#include "spectrogram/fourier.h"
#include "spectrogram/mel_bank.h"

namespace earmark {

/// One frame of samples to one row of a log-mel spectrogram. It knows neither padding nor hops: whoever has the samples
/// of a frame can use it, all at once or as they come. Holds its scratch memory: one thread at a time.
class FrameAnalyzer {
public:
    /// For samples at settings.sample_rate_hz * oversampling. REQUIRES: settings.check() passes; a power of two.
    FrameAnalyzer(const SpectrogramSettings& settings, int oversampling);

    /// REQUIRES: window_samples * oversampling samples, room for mel_band_count values. Samples that are not finite, or
    /// so far out that their square overflows, count as silence, so that one of them does not spoil a whole clip.
    void analyze(std::span<const float> frame, std::span<float> log_mel);

private:
    // In the order of their use.
    std::vector<float> window_;
    FourierMagnitudes fourier_;
    std::size_t bin_count_;
    std::vector<float> magnitudes_;  // bin_count_, and what MelBank wants to read beyond
    MelBank mel_bank_;
    float log_scale_;
};

}  // namespace earmark
