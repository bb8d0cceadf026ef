#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "earmark/export.h"
#include "earmark/matrix.h"

namespace earmark {

// SpectrogramSettings and Normalization are plain values: const access is thread-safe. Only check() throws Error.

/// How samples become a log-mel spectrogram. The defaults are those of Lee & Nam 2017 (arXiv 1703.01793) as published
/// in the first author's code, which are those of librosa.
struct EARMARK_EXPORT SpectrogramSettings {
    int sample_rate_hz = 22050;   ///< within [1 000, 768 000]
    int window_samples = 1024;    ///< a power of two within [32, 65 536]: periodic Hann window and Fourier transform
    int hop_samples = 512;        ///< within [1, window_samples]
    int mel_band_count = 128;     ///< within [1, window_samples / 2 + 1]
    double lowest_hz = 0.0;       ///< within [0, highest_hz)
    double highest_hz = 11025.0;  ///< within (0, sample_rate_hz / 2]
    double log_scale = 10.0;      ///< s in log10(1 + s * mel); within (0, 1 000 000]

    double frames_per_second() const noexcept { return static_cast<double>(sample_rate_hz) / hop_samples; }

    /// Throws Error (usage) that names the field when a value is out of range or two of them contradict each other.
    void check() const;

    bool operator==(const SpectrogramSettings&) const = default;
};

/// One mean and one deviation for all bands, measured over the training set, in the units of a log-mel spectrogram.
struct EARMARK_EXPORT Normalization {
    float mean = 0.0F;
    float deviation = 1.0F;  ///< greater than 0

    bool operator==(const Normalization&) const = default;
};

/// Mel filters, mel_band_count x (window_samples / 2 + 1): triangles between points that are evenly spaced on Slaney's
/// mel scale, each of unit area (Slaney, Auditory Toolbox 1998; as librosa.filters.mel with its defaults). REQUIRES:
/// settings that pass check(). Thread-safe.
EARMARK_EXPORT Matrix mel_filters(const SpectrogramSettings& settings);

/// The frequencies at which these filters are greatest, from the lowest band to the highest: the points of the mel
/// scale between which their triangles are. REQUIRES: settings that pass check(). Thread-safe.
EARMARK_EXPORT std::vector<double> mel_band_centers_hz(const SpectrogramSettings& settings);

/// Takes one frame: mel_band_count values, which are valid during the call only.
using FrameVisitor = std::function<void(std::span<const float> log_mel)>;

/// Magnitude (not power) short-time Fourier transform with centered frames and reflection padding, mel filters,
/// logarithm. Agrees with librosa.feature.melspectrogram(power=1) to 1e-4 after the logarithm. An object holds its
/// tables and scratch memory: it belongs to one thread at a time.
///
/// Audio at 2, 4 or 8 times the sample rate of the settings need not be resampled: a window of so many times the
/// samples has the same bins, to which the gain of soxr's low-pass is applied.
class EARMARK_EXPORT Spectrogram {
public:
    /// REQUIRES, as the next: settings that pass check().
    explicit Spectrogram(const SpectrogramSettings& settings);

    /// For audio at `sample_rate_hz`. REQUIRES: accepts(settings, sample_rate_hz).
    Spectrogram(const SpectrogramSettings& settings, int sample_rate_hz);
    Spectrogram(Spectrogram&&) noexcept;
    Spectrogram& operator=(Spectrogram&&) noexcept;
    ~Spectrogram();

    /// Whether audio at this rate can be analyzed without resampling.
    static bool accepts(const SpectrogramSettings& settings, int sample_rate_hz) noexcept;

    /// The rate at which audio is to be decoded: its own where `accepts`, otherwise that of the settings.
    static int analysis_rate_hz(const SpectrogramSettings& settings, int sample_rate_hz) noexcept;

    /// The log-mel spectrogram of audio that comes in portions of any size, every value >= 0: `visit` is called for
    /// each frame in turn, at the latest by `finish`, after which the next clip may come. There are 1 + samples / hop
    /// frames, the hop in samples of the audio's own rate, and none for no samples. Audio shorter than half a window is
    /// reflected as often as it takes (as numpy.pad does). Memory does not grow with the clip.
    void add(std::span<const float> samples, const FrameVisitor& visit);
    void finish(const FrameVisitor& visit);

    /// Forgets what came since the last `finish`.
    void reset() noexcept;

private:
    class Implementation;
    std::unique_ptr<Implementation> implementation_;
};

/// (value - mean) / deviation, in place, of log-mel values. REQUIRES: a deviation that is not 0. Thread-safe.
EARMARK_EXPORT void normalize(std::span<float> values, const Normalization& normalization) noexcept;

}  // namespace earmark
