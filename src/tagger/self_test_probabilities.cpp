#include <utility>

#include "earmark/tagger.h"

namespace earmark {

std::vector<float> self_test_probabilities(std::shared_ptr<const Model> model) {
    const int sample_rate_hz = model->spectrogram.sample_rate_hz;
    const std::vector<float> signal = self_test_signal(model->self_test, sample_rate_hz);
    Tagger tagger(std::move(model), {.precision = Precision::float32, .plain = true});
    return tag_samples(tagger, signal, {sample_rate_hz, 1}).probabilities;
}

}  // namespace earmark
