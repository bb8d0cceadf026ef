#include "earmark/aggregation.h"

#include "benchmarks/stages/music.h"
#include "benchmarks/stages/stages.h"

namespace earmark {
namespace {

void cut(benchmark::State& state, std::size_t segment_frames) {
    const Matrix& log_mel = normalized_log_mel();
    SegmentStream segments(segment_frames, log_mel.column_count(), 64);  // as many in a block as the tagger takes
    const auto look = [](std::span<const float> block) { benchmark::DoNotOptimize(block.data()); };
    for (auto _ : state) {
        for (std::size_t frame = 0; frame < log_mel.row_count(); ++frame) segments.add(log_mel.row(frame), look);
        segments.finish(look);
    }
    count_audio(state, music(shared_model()->spectrogram.sample_rate_hz).duration_s());
}

std::vector<std::vector<float>> level_maxima(std::size_t index) {
    const Model& model = *shared_model();
    const NetworkArchitecture& architecture = model.architectures[index];
    Network network(architecture, model.spectrogram.mel_band_count, model.networks[index]);
    std::vector<std::vector<float>> segments;
    network.visit_level_maxima(
        normalized_segments(static_cast<std::size_t>(architecture.segment_frames)).values(),
        [&](std::span<const float> maxima) { segments.emplace_back(maxima.begin(), maxima.end()); });
    return segments;
}

void average(benchmark::State& state, std::size_t index) {
    const std::vector<std::vector<float>> segments = level_maxima(index);
    SegmentStatistics mean(segments.front().size());
    for (auto _ : state) {
        for (const std::vector<float>& maxima : segments) mean.add(maxima);
        benchmark::DoNotOptimize(mean.value());
        mean.reset();
    }
    count_audio(state, music(shared_model()->spectrogram.sample_rate_hz).duration_s());
}

}  // namespace

void add_aggregation_benchmarks() {
    const auto& architectures = shared_model()->architectures;
    for (std::size_t i = 0; i < architectures.size(); ++i) {
        const auto segment_frames = static_cast<std::size_t>(architectures[i].segment_frames);
        const std::string name = "aggregation/" + std::to_string(segment_frames) + "_frames/";
        benchmark::RegisterBenchmark((name + "segments").c_str(), cut, segment_frames);
        benchmark::RegisterBenchmark((name + "mean").c_str(), average, i);
    }
}

}  // namespace earmark
