#include "benchmarks/stages/music.h"

#include <map>
#include <span>

#include "earmark/aggregation.h"
#include "earmark/audio_files.h"
#include "earmark/decode.h"
#include "earmark/spectrogram.h"

namespace earmark {

std::shared_ptr<const Model> shared_model() {
    static const auto model = load_model(EARMARK_DEFAULT_MODEL);
    return model;
}

std::vector<std::filesystem::path> pieces() { return walk_folder(EARMARK_SAMPLES_DIR).audio_files; }

const Audio& music(int sample_rate_hz) {
    static std::map<int, Audio> decoded;
    Audio& audio = decoded[sample_rate_hz];
    if (audio.samples.empty()) audio = decode_file(EARMARK_SAMPLES_DIR "/rock-band.mp3", sample_rate_hz).audio;
    return audio;
}

const Matrix& normalized_log_mel() {
    static const Matrix log_mel = [] {
        const Model& model = *shared_model();
        const auto band_count = static_cast<std::size_t>(model.spectrogram.mel_band_count);
        std::vector<float> values;
        const auto append = [&](std::span<const float> frame) {
            values.insert(values.end(), frame.begin(), frame.end());
        };
        Spectrogram spectrogram(model.spectrogram);
        spectrogram.add(music(model.spectrogram.sample_rate_hz).samples, append);
        spectrogram.finish(append);
        normalize(values, model.normalization);
        const std::size_t frame_count = values.size() / band_count;
        return Matrix(frame_count, band_count, std::move(values));
    }();
    return log_mel;
}

Matrix normalized_segments(std::size_t segment_frames) {
    const Matrix& log_mel = normalized_log_mel();
    SegmentStream stream(segment_frames, log_mel.column_count(), 64);
    std::vector<float> values;
    const auto append = [&](std::span<const float> block) { values.insert(values.end(), block.begin(), block.end()); };
    for (std::size_t frame = 0; frame < log_mel.row_count(); ++frame) stream.add(log_mel.row(frame), append);
    stream.finish(append);
    const std::size_t frame_count = values.size() / log_mel.column_count();
    return Matrix(frame_count, log_mel.column_count(), std::move(values));
}

void count_audio(benchmark::State& state, double audio_s) {
    state.counters["audio_s_per_s"] =
        benchmark::Counter(audio_s * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

const char* precision_name(Precision precision) { return precision == Precision::bfloat16 ? "bf16" : "f32"; }

}  // namespace earmark
