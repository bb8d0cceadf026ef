#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>

#include "earmark/matrix.h"
#include "earmark/spectrogram.h"

namespace earmark {

/// Gives the log-mel frames that a Tagger computes of a file: analyzed at the file's own rate where the spectrogram
/// accepts that (44.1 kHz with the default settings), resampled otherwise, in portions. Training sees what users will
/// have analyzed. One belongs to one thread at a time.
class LogMelReader {
public:
    explicit LogMelReader(const SpectrogramSettings& settings);

    /// Frames x mel_bands; nothing when `stop` is requested meanwhile. In memory for the frames, not for the samples.
    /// Throws Error as AudioReader does.
    std::optional<Matrix> read(const std::filesystem::path& audio, const std::stop_token& stop = {});

private:
    Matrix read_to_end(const std::filesystem::path& audio, const std::stop_token& stop);

    SpectrogramSettings settings_;
    int sample_rate_hz_;  ///< of spectrogram_
    Spectrogram spectrogram_;
};

}  // namespace earmark
