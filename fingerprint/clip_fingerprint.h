#pragma once

#include <span>
#include <vector>

#include "fingerprint/fingerprint.h"
#include "resample/resampler.h"

namespace earmark {

/// The fingerprint of the beginning of a clip at any sample rate. For one thread at a time.
class ClipFingerprint {
public:
    /// More of a recording is not needed to know it again.
    static constexpr double most_s = 45.0;

    /// REQUIRES: a positive rate.
    explicit ClipFingerprint(int sample_rate_hz);

    /// Mono samples within [-1, 1], in portions of any length. What comes after most_s is left out.
    void add(std::span<const float> samples);

    /// To be called once, after all samples. Empty when they are shorter than 2.7 s.
    Fingerprint finish();

private:
    void feed(std::span<const float> samples);

    Resampler resampler_;
    std::vector<float> resampled_;
    Fingerprinter fingerprinter_;
    std::size_t left_samples_;  ///< that it still takes, at fingerprint_rate_hz
};

}  // namespace earmark
