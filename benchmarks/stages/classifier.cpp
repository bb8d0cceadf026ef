#include "earmark/classifier.h"

#include <algorithm>

#include "benchmarks/stages/music.h"
#include "benchmarks/stages/stages.h"
#include "earmark/decode.h"
#include "earmark/tagger.h"

namespace earmark {
namespace {

struct Clips {
    Matrix vectors;
    double duration_s = 0.0;
};

Clips clips_of_pieces(std::size_t count) {
    const Model& model = *default_model();
    Tagger tagger(default_model());
    Clips clips = {Matrix(count, model.feature_count())};
    for (std::size_t i = 0; i < count; ++i) {
        const Audio audio = decode_file(pieces().at(i), model.spectrogram.sample_rate_hz).audio;
        std::ranges::copy(tagger.clip_vector(audio.samples), clips.vectors.row(i).begin());
        clips.duration_s += audio.duration_s();
    }
    return clips;
}

void classify(benchmark::State& state, std::size_t clip_count) {
    const Clips clips = clips_of_pieces(clip_count);
    Classifier classifier(default_model()->classifier);
    for (auto _ : state) benchmark::DoNotOptimize(classifier.probabilities(clips.vectors));
    count_audio(state, clips.duration_s);
}

}  // namespace

void add_classifier_benchmarks() {
    for (const std::size_t clip_count : {std::size_t{1}, pieces().size()}) {
        const std::string name = "classifier/clips:" + std::to_string(clip_count);
        benchmark::RegisterBenchmark(name.c_str(), classify, clip_count);
    }
}

}  // namespace earmark
