#pragma once

#include <benchmark/benchmark.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "earmark/audio.h"
#include "earmark/error.h"
#include "earmark/matrix.h"
#include "earmark/model.h"

namespace earmark {

/// The model that comes with Earmark.
std::shared_ptr<const Model> shared_model();

/// The pieces of samples/, one of each format.
std::vector<std::filesystem::path> pieces();

/// The one piece that the stages after decoding run on. It is decoded once for each rate.
const Audio& music(int sample_rate_hz);

/// Its log-mel spectrogram with the settings of the default model, normalized as its networks want it.
const Matrix& normalized_log_mel();

/// The segments of that spectrogram, one after the other: (segments * segment_frames) x mel_bands.
Matrix normalized_segments(std::size_t segment_frames);

/// Adds the counter audio_s_per_s: the seconds of audio that a second of work gets through.
void count_audio(benchmark::State& state, double audio_s);

const char* precision_name(Precision precision);

/// make(), or nothing when this processor cannot run what it makes (bfloat16); the benchmark is then skipped.
template <typename Make>
auto make_or_skip(benchmark::State& state, Make&& make) -> std::optional<decltype(make())> {
    try {
        return std::forward<Make>(make)();
    } catch (const Error& error) {
        if (error.code() != ErrorCode::usage) throw;
        state.SkipWithError(error.what());
        return std::nullopt;
    }
}

}  // namespace earmark
