#include "earmark/classifier.h"

#include <algorithm>

#include "benchmarks/stages/music.h"
#include "benchmarks/stages/stages.h"
#include "earmark/file_tagger.h"

namespace earmark {
namespace {

struct Clips {
    Matrix embeddings;
    double duration_s = 0.0;
};

Clips clips_of_pieces(std::size_t count) {
    const Model& model = *shared_model();
    Tagger tagger(shared_model());
    Clips clips = {Matrix(count, model.feature_count())};
    for (std::size_t i = 0; i < count; ++i) {
        const ClipResult clip = tag_file(tagger, pieces().at(i));
        std::ranges::copy(clip.embedding, clips.embeddings.row(i).begin());
        clips.duration_s += clip.duration_s;
    }
    return clips;
}

void classify(benchmark::State& state, std::size_t clip_count) {
    const Clips clips = clips_of_pieces(clip_count);
    Classifier classifier(shared_model()->classifier);
    for (auto _ : state) benchmark::DoNotOptimize(classifier.probabilities(clips.embeddings));
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
