#include "earmark/spectrogram.h"

#include <vector>

#include "spectrogram/frame_analyser.h"
#include "spectrogram/reflection.h"

namespace earmark {
namespace {

const SpectrogramSettings& checked(const SpectrogramSettings& settings) {
    settings.check();
    return settings;
}

}  // namespace

class Spectrogram::Implementation {
public:
    explicit Implementation(const SpectrogramSettings& settings)
        : settings_(checked(settings)),
          reflected_frame_(static_cast<std::size_t>(settings.window_samples)),
          analyser_(settings) {}

    const SpectrogramSettings& settings() const noexcept { return settings_; }

    std::size_t frame_count(std::size_t sample_count) const noexcept {
        return sample_count == 0 ? 0 : 1 + sample_count / static_cast<std::size_t>(settings_.hop_samples);
    }

    Matrix compute(std::span<const float> samples) {
        Matrix log_mel(frame_count(samples.size()), static_cast<std::size_t>(settings_.mel_band_count));
        for (std::size_t index = 0; index < log_mel.row_count(); ++index) {
            analyser_.analyse(frame(samples, index), log_mel.row(index));
        }
        return log_mel;
    }

private:
    // The samples themselves wherever the frame lies within the audio, so that only frames at its ends are copied.
    std::span<const float> frame(std::span<const float> samples, std::size_t index) {
        const std::ptrdiff_t window = settings_.window_samples;
        const std::ptrdiff_t first = static_cast<std::ptrdiff_t>(index) * settings_.hop_samples - window / 2;
        if (first >= 0 && first + window <= std::ssize(samples)) {
            return samples.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(window));
        }
        std::ptrdiff_t place = first;
        for (float& sample : reflected_frame_) sample = samples[reflected_index(place++, samples.size())];
        return reflected_frame_;
    }

    SpectrogramSettings settings_;
    std::vector<float> reflected_frame_;
    FrameAnalyser analyser_;
};

Spectrogram::Spectrogram(const SpectrogramSettings& settings)
    : implementation_(std::make_unique<Implementation>(settings)) {}
Spectrogram::Spectrogram(Spectrogram&&) noexcept = default;
Spectrogram& Spectrogram::operator=(Spectrogram&&) noexcept = default;
Spectrogram::~Spectrogram() = default;

const SpectrogramSettings& Spectrogram::settings() const noexcept { return implementation_->settings(); }

std::size_t Spectrogram::frame_count(std::size_t sample_count) const noexcept {
    return implementation_->frame_count(sample_count);
}

Matrix Spectrogram::compute(std::span<const float> samples) { return implementation_->compute(samples); }

void normalise(std::span<float> values, const Normalisation& normalisation) noexcept {
    for (float& value : values) value = (value - normalisation.mean) / normalisation.deviation;
}

}  // namespace earmark
