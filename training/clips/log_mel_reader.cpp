#include "training/clips/log_mel_reader.h"

#include <span>
#include <utility>
#include <vector>

#include "earmark/decode.h"
#include "earmark/error.h"

namespace earmark {

LogMelReader::LogMelReader(const SpectrogramSettings& settings)
    : settings_(settings), sample_rate_hz_(settings.sample_rate_hz), spectrogram_(settings) {}

std::optional<Matrix> LogMelReader::read(const std::filesystem::path& audio, const std::stop_token& stop) {
    try {
        return read_to_end(audio, stop);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::canceled) throw;
        return std::nullopt;
    }
}

Matrix LogMelReader::read_to_end(const std::filesystem::path& audio, const std::stop_token& stop) {
    AudioReader reader(audio, {.stop = stop});
    const int rate_hz = Spectrogram::analysis_rate_hz(settings_, reader.sample_rate_hz());
    reader.set_sample_rate_hz(rate_hz);
    if (rate_hz != sample_rate_hz_) spectrogram_ = Spectrogram(settings_, rate_hz);
    sample_rate_hz_ = rate_hz;
    spectrogram_.reset();

    std::vector<float> values;
    const auto append = [&](std::span<const float> frame) { values.insert(values.end(), frame.begin(), frame.end()); };
    read_portions(reader, [&](std::span<const float> samples) {
        spectrogram_.add(samples, append);
        return true;
    });
    spectrogram_.finish(append);
    const auto band_count = static_cast<std::size_t>(settings_.mel_band_count);
    const std::size_t frame_count = values.size() / band_count;
    return {frame_count, band_count, std::move(values)};
}

}  // namespace earmark
