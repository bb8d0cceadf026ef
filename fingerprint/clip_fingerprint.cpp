#include "fingerprint/clip_fingerprint.h"

#include <algorithm>

namespace earmark {
namespace {

constexpr std::size_t block_samples = 8192;

}  // namespace

ClipFingerprint::ClipFingerprint(int sample_rate_hz)
    : resampler_(sample_rate_hz, fingerprint_rate_hz),
      resampled_(block_samples),
      left_samples_(static_cast<std::size_t>(most_s * fingerprint_rate_hz)) {}

void ClipFingerprint::feed(std::span<const float> samples) {
    samples = samples.first(std::min(samples.size(), left_samples_));
    fingerprinter_.add(samples);
    left_samples_ -= samples.size();
}

void ClipFingerprint::add(std::span<const float> samples) {
    while (!samples.empty() && left_samples_ > 0) {
        const Resampler::Progress progress = resampler_.process(samples, resampled_);
        feed(std::span(resampled_).first(progress.produced_samples));
        samples = samples.subspan(progress.consumed_samples);
    }
}

Fingerprint ClipFingerprint::finish() {
    while (left_samples_ > 0) {
        const std::size_t count = resampler_.flush(resampled_);
        if (count == 0) break;
        feed(std::span(resampled_).first(count));
    }
    return fingerprinter_.finish();
}

}  // namespace earmark
