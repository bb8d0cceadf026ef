#include "earmark/spectrogram.h"

#include "benchmarks/stages/music.h"
#include "benchmarks/stages/stages.h"

namespace earmark {
namespace {

void analyze(benchmark::State& state, int sample_rate_hz) {
    const SpectrogramSettings& settings = shared_model()->spectrogram;
    const Audio& audio = music(sample_rate_hz);
    Spectrogram spectrogram(settings, sample_rate_hz);
    const auto look = [](std::span<const float> log_mel) { benchmark::DoNotOptimize(log_mel.data()); };
    for (auto _ : state) {
        spectrogram.add(audio.samples, look);
        spectrogram.finish(look);
    }
    count_audio(state, audio.duration_s());
}

}  // namespace

void add_spectrogram_benchmarks() {
    // What it does not take is resampled: see decode.
    for (const int sample_rate_hz : {22'050, 44'100, 48'000}) {
        if (!Spectrogram::accepts(shared_model()->spectrogram, sample_rate_hz)) continue;
        const std::string name = "spectrogram/" + std::to_string(sample_rate_hz) + "_hz";
        benchmark::RegisterBenchmark(name.c_str(), analyze, sample_rate_hz);
    }
}

}  // namespace earmark
