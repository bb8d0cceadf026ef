// What the gate of a model does to what a Tagger gives.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "earmark/tagger.h"
#include "tests/support/gated_model.h"

namespace earmark {
namespace {

ClipResult result_of(const Model& model, const TaggerOptions& options = {}) {
    const std::vector<float> samples = self_test_signal(model.self_test, model.spectrogram.sample_rate_hz);
    Tagger tagger(std::make_shared<const Model>(model), options);
    return tag_samples(tagger, samples, {model.spectrogram.sample_rate_hz, 1});
}

TEST(GateOfATagger, knows_music_that_is_like_that_of_the_training) {
    const ClipResult result = result_of(model_with_gate(1.0F, 1e9F));
    EXPECT_EQ(to_string(result.status), "known");
    EXPECT_EQ(result.probabilities, result_of(small_model()).probabilities);
    EXPECT_EQ(result.warning, "");
}

TEST(GateOfATagger, is_unsure_of_music_that_is_not) {
    const ClipResult result = result_of(model_with_gate(1.0F, 0.0F));
    EXPECT_EQ(to_string(result.status), "unsure");
    EXPECT_EQ(result.probabilities, result_of(small_model()).probabilities);
}

TEST(GateOfATagger, shows_no_tag_of_what_is_not_music) {
    const ClipResult result = result_of(model_with_gate(-1.0F, 1e9F));
    EXPECT_EQ(to_string(result.status), "not_music");
    EXPECT_TRUE(std::ranges::all_of(result.probabilities, [](float probability) { return probability == 0.0F; }));
    EXPECT_EQ(result.embedding, result_of(small_model()).embedding);
}

TEST(GateOfATagger, is_not_used_when_plain) {
    const ClipResult result = result_of(model_with_gate(-1.0F, 0.0F), {.plain = true});
    EXPECT_EQ(result.status, ClipStatus::ok);
    EXPECT_EQ(result.probabilities, result_of(small_model(), {.plain = true}).probabilities);
}

TEST(GateOfATagger, that_a_model_does_not_have_leaves_everything_as_it_was) {
    EXPECT_EQ(result_of(small_model()).status, ClipStatus::ok);
}

TEST(GateOfATagger, comes_after_silence) {
    Tagger tagger(std::make_shared<const Model>(model_with_gate(-1.0F, 0.0F)));
    const ClipResult result = tag_samples(tagger, std::vector<float>(22'050), {22'050, 1});
    EXPECT_EQ(result.status, ClipStatus::silent);
}

}  // namespace
}  // namespace earmark
