#include "earmark/tagger.h"

#include <algorithm>

#include "benchmarks/stages/music.h"
#include "benchmarks/stages/stages.h"

namespace earmark {
namespace {

constexpr std::size_t portion_samples = 16'384;

ClipResult result_of(Tagger& tagger, const Audio& audio) {
    tagger.start({audio.sample_rate_hz, 1});
    std::span<const float> rest = audio.samples;
    while (!rest.empty()) {
        const std::size_t count = std::min(portion_samples, rest.size());
        tagger.add(rest.first(count));
        rest = rest.subspan(count);
    }
    return tagger.finish();
}

void tag(benchmark::State& state, int sample_rate_hz, Precision precision) {
    const Audio& audio = music(sample_rate_hz);
    auto tagger = make_or_skip(state, [&] { return Tagger(shared_model(), {precision}); });
    if (!tagger) return;
    for (auto _ : state) benchmark::DoNotOptimize(result_of(*tagger, audio));
    count_audio(state, audio.duration_s());
}

// What a worker costs before its first clip.
void prepare(benchmark::State& state, Precision precision) {
    if (!make_or_skip(state, [&] { return Tagger(shared_model(), {precision}); })) return;
    for (auto _ : state) benchmark::DoNotOptimize(Tagger(shared_model(), {precision}));
}

}  // namespace

void add_tagger_benchmarks() {
    for (const Precision precision : {Precision::float32, Precision::bfloat16}) {
        const std::string suffix = precision_name(precision);
        benchmark::RegisterBenchmark(("tagger/prepare/" + suffix).c_str(), prepare, precision);
        for (const int sample_rate_hz : {22'050, 44'100, 48'000}) {
            const std::string name = "tagger/" + std::to_string(sample_rate_hz) + "_hz/" + suffix;
            benchmark::RegisterBenchmark(name.c_str(), tag, sample_rate_hz, precision);
        }
    }
}

}  // namespace earmark
