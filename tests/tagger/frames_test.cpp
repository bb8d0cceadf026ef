// The frames that a Tagger shows.
#include <gtest/gtest.h>

#include "earmark/spectrogram.h"
#include "earmark/tagger.h"
#include "tests/support/lcg.h"
#include "tests/support/small_model.h"
#include "tests/support/whole_stages.h"

namespace earmark {
namespace {

TEST(Frames, are_the_normalized_spectrogram) {
    const auto model = std::make_shared<const Model>(small_model());
    const std::vector<float> samples = Lcg(3).values(0.3F, 30'000);
    Matrix expected = log_mel_of(Spectrogram(model->spectrogram), samples);
    normalize(expected.values(), model->normalization);
    Tagger tagger(model);
    std::vector<float> values;
    tagger.visit_frames([&](std::span<const float> frame) { values.insert(values.end(), frame.begin(), frame.end()); });
    const ClipResult seen = tag_samples(tagger, samples, {22'050, 1});
    EXPECT_EQ(values, std::vector<float>(expected.values().begin(), expected.values().end()));
    values.clear();
    tagger.visit_frames({});
    EXPECT_EQ(tag_samples(tagger, samples, {22'050, 1}).embedding, seen.embedding);
    EXPECT_TRUE(values.empty());
}

}  // namespace
}  // namespace earmark
