#include "earmark/spectrogram.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <vector>

#include "spectrogram/frame_analyzer.h"
#include "spectrogram/sample_window.h"

namespace earmark {
namespace {

// Beyond this, audio is at rates that are rare, and resampling is little of the work.
constexpr int greatest_oversampling = 8;

const SpectrogramSettings& checked(const SpectrogramSettings& settings) {
    settings.check();
    return settings;
}

// How many samples come for one of the settings; 0 when that is no power of two.
int oversampling_of(const SpectrogramSettings& settings, int sample_rate_hz) noexcept {
    if (sample_rate_hz <= 0 || sample_rate_hz % settings.sample_rate_hz != 0) return 0;
    const int oversampling = sample_rate_hz / settings.sample_rate_hz;
    const bool is_power_of_two = std::has_single_bit(static_cast<unsigned>(oversampling));
    return is_power_of_two && oversampling <= greatest_oversampling ? oversampling : 0;
}

}  // namespace

class Spectrogram::Implementation {
public:
    Implementation(const SpectrogramSettings& settings, int sample_rate_hz)
        : oversampling_(oversampling_of(checked(settings), sample_rate_hz)),
          window_(scaled(settings.window_samples), scaled(settings.hop_samples)),
          analyzer_(settings, oversampling_),
          row_(static_cast<std::size_t>(settings.mel_band_count)) {
        assert(oversampling_ > 0);
    }

    void add(std::span<const float> samples, const FrameVisitor& visit) {
        // Small enough that what SampleWindow copies stays in the first-level cache.
        constexpr std::size_t portion_samples = 4096;
        while (!samples.empty()) {
            const std::size_t count = std::min(portion_samples, samples.size());
            window_.add(samples.first(count), [&](std::span<const float> frame) { visit(log_mel(frame)); });
            samples = samples.subspan(count);
        }
    }

    void finish(const FrameVisitor& visit) {
        window_.finish([&](std::span<const float> frame) { visit(log_mel(frame)); });
    }

    void reset() noexcept { window_.reset(); }

private:
    std::size_t scaled(int sample_count) const noexcept {
        return static_cast<std::size_t>(sample_count) * static_cast<std::size_t>(oversampling_);
    }

    std::span<const float> log_mel(std::span<const float> frame) {
        analyzer_.analyze(frame, row_);
        return row_;
    }

    int oversampling_;
    SampleWindow window_;
    FrameAnalyzer analyzer_;
    std::vector<float> row_;
};

Spectrogram::Spectrogram(const SpectrogramSettings& settings) : Spectrogram(settings, settings.sample_rate_hz) {}
Spectrogram::Spectrogram(const SpectrogramSettings& settings, int sample_rate_hz)
    : implementation_(std::make_unique<Implementation>(settings, sample_rate_hz)) {}
Spectrogram::Spectrogram(Spectrogram&&) noexcept = default;
Spectrogram& Spectrogram::operator=(Spectrogram&&) noexcept = default;
Spectrogram::~Spectrogram() = default;

bool Spectrogram::accepts(const SpectrogramSettings& settings, int sample_rate_hz) noexcept {
    return oversampling_of(settings, sample_rate_hz) > 0;
}

int Spectrogram::analysis_rate_hz(const SpectrogramSettings& settings, int sample_rate_hz) noexcept {
    return accepts(settings, sample_rate_hz) ? sample_rate_hz : settings.sample_rate_hz;
}

void Spectrogram::add(std::span<const float> samples, const FrameVisitor& visit) {
    implementation_->add(samples, visit);
}

void Spectrogram::finish(const FrameVisitor& visit) { implementation_->finish(visit); }

void Spectrogram::reset() noexcept { implementation_->reset(); }

void normalize(std::span<float> values, const Normalization& normalization) noexcept {
    for (float& value : values) value = (value - normalization.mean) / normalization.deviation;
}

}  // namespace earmark
