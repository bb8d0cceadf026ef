#include "earmark/model.h"

#include "benchmarks/stages/music.h"
#include "benchmarks/stages/stages.h"

namespace earmark {
namespace {

void read(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(read_model(EARMARK_DEFAULT_MODEL));
    state.SetBytesProcessed(state.iterations() *
                            static_cast<std::int64_t>(std::filesystem::file_size(EARMARK_DEFAULT_MODEL)));
}

}  // namespace

void add_model_benchmarks() { benchmark::RegisterBenchmark("model/read", read); }

}  // namespace earmark
