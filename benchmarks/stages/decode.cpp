#include "earmark/decode.h"

#include "benchmarks/stages/music.h"
#include "benchmarks/stages/stages.h"
#include "earmark/spectrogram.h"

namespace earmark {
namespace {

// As the program reads a file: at its own rate where the spectrogram takes that.
int input_rate_hz(const AudioReader& reader) {
    const SpectrogramSettings& settings = shared_model()->spectrogram;
    return Spectrogram::accepts(settings, reader.sample_rate_hz()) ? reader.sample_rate_hz() : settings.sample_rate_hz;
}

int model_rate_hz(const AudioReader&) { return shared_model()->spectrogram.sample_rate_hz; }

void decode(benchmark::State& state, const std::filesystem::path& file, int (*choose_rate_hz)(const AudioReader&)) {
    std::vector<float> portion(16'384);
    double duration_s = 0.0;
    for (auto _ : state) {
        AudioReader reader(file);
        reader.set_sample_rate_hz(choose_rate_hz(reader));
        std::size_t sample_count = 0;
        while (const std::size_t count = reader.read(portion)) sample_count += count;
        duration_s = static_cast<double>(sample_count) / reader.sample_rate_hz();
    }
    count_audio(state, duration_s);
}

}  // namespace

void add_decode_benchmarks() {
    for (const std::filesystem::path& file : pieces()) {
        const std::string name = file.filename().string();
        benchmark::RegisterBenchmark(("decode/" + name).c_str(), decode, file, input_rate_hz);
        benchmark::RegisterBenchmark(("decode/" + name + "/resampled").c_str(), decode, file, model_rate_hz);
    }
}

}  // namespace earmark
