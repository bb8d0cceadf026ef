#include "earmark/network.h"

#include "benchmarks/stages/music.h"
#include "benchmarks/stages/stages.h"

namespace earmark {
namespace {

// Products and sums of the convolutions of one segment. Those with the padding count, although oneDNN leaves them out.
double convolution_flop(const NetworkArchitecture& architecture, int mel_band_count) {
    double flop = 0.0;
    int frame_count = architecture.segment_frames;
    int input_count = mel_band_count;
    for (const ConvolutionLayer& layer : architecture.layers) {
        flop += 2.0 * layer.kernel_frames * input_count * layer.filter_count * frame_count;
        frame_count /= layer.pool_frames;
        input_count = layer.filter_count;
    }
    return flop;
}

void run(benchmark::State& state, std::size_t index, Precision precision) {
    const Model& model = *shared_model();
    const NetworkArchitecture& architecture = model.architectures[index];
    const int mel_band_count = model.spectrogram.mel_band_count;
    auto network =
        make_or_skip(state, [&] { return Network(architecture, mel_band_count, model.networks[index], precision); });
    if (!network) return;
    const auto segment_frames = static_cast<std::size_t>(architecture.segment_frames);
    const Matrix segments = normalized_segments(segment_frames);
    const auto look = [](std::span<const float> maxima) { benchmark::DoNotOptimize(maxima.data()); };
    for (auto _ : state) network->visit_level_maxima(segments.values(), look);

    const std::size_t segment_count = segments.row_count() / segment_frames;
    const double flop = convolution_flop(architecture, mel_band_count) * static_cast<double>(segment_count);
    state.counters["flop_per_s"] =
        benchmark::Counter(flop * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
    count_audio(state, music(model.spectrogram.sample_rate_hz).duration_s());
}

}  // namespace

void add_network_benchmarks() {
    const auto& architectures = shared_model()->architectures;
    for (std::size_t i = 0; i < architectures.size(); ++i) {
        for (const Precision precision : {Precision::float32, Precision::bfloat16}) {
            const std::string name = "network/" + std::to_string(architectures[i].segment_frames) + "_frames/";
            benchmark::RegisterBenchmark((name + precision_name(precision)).c_str(), run, i, precision);
        }
    }
}

}  // namespace earmark
