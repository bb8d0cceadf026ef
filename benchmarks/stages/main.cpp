// build/release/benchmarks/stages/earmark_benchmarks [--benchmark_filter=STAGE]
#include <benchmark/benchmark.h>

#include <exception>
#include <iostream>

#include "benchmarks/stages/stages.h"
#include "earmark/decode.h"

namespace {

void add_all() {
    earmark::add_decode_benchmarks();
    earmark::add_spectrogram_benchmarks();
    earmark::add_network_benchmarks();
    earmark::add_aggregation_benchmarks();
    earmark::add_classifier_benchmarks();
    earmark::add_model_benchmarks();
    earmark::add_tagger_benchmarks();
}

}  // namespace

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
#ifndef NDEBUG
    std::cerr << "earmark_benchmarks: built without optimization; use the preset release for meaningful results\n";
#endif
    benchmark::SetDefaultTimeUnit(benchmark::kMicrosecond);
    earmark::silence_ffmpeg_messages();
    try {
        add_all();
        return benchmark::RunSpecifiedBenchmarks() > 0 ? 0 : 2;
    } catch (const std::exception& error) {
        std::cerr << "earmark_benchmarks: " << error.what() << '\n';
        return 2;
    }
}
