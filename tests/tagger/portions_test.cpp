// A clip that comes in portions.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

#include "earmark/error.h"
#include "earmark/tagger.h"
#include "tests/support/small_model.h"

namespace earmark {
namespace {

constexpr AudioFormat mono{22'050, 1};

Tagger small_tagger() { return Tagger(std::make_shared<const Model>(small_model()), {Precision::float32}); }

std::vector<float> in_portions(Tagger& tagger, std::span<const float> samples, std::size_t portion,
                               const AudioFormat& format) {
    tagger.start(format);
    for (; !samples.empty(); samples = samples.subspan(std::min(portion, samples.size()))) {
        tagger.add(samples.first(std::min(portion, samples.size())));
    }
    return tagger.finish().embedding;
}

std::vector<float> tone(std::size_t count, double rate_hz) {
    std::vector<float> samples(count);
    for (std::size_t n = 0; n < count; ++n) {
        samples[n] =
            static_cast<float>(0.5 * std::sin(2 * 3.14159265358979 * 660.0 * static_cast<double>(n) / rate_hz));
    }
    return samples;
}

TEST(TaggerInPortions, gives_bit_by_bit_the_embedding_of_the_whole_clip) {
    Tagger tagger = small_tagger();
    for (const std::size_t sample_count : {1U, 700U, 14'000U, 100'000U}) {
        const std::vector<float> samples = Lcg(7).values(0.5F, sample_count);
        const std::vector<float> whole = tag_samples(tagger, samples, mono).embedding;
        for (const std::size_t portion : {97U, 4096U, 1'000'000U}) {
            EXPECT_EQ(in_portions(tagger, samples, portion, mono), whole) << sample_count << " in " << portion;
        }
    }
}

TEST(TaggerInPortions, forgets_a_clip_that_was_not_finished) {
    Tagger tagger = small_tagger();
    const std::vector<float> samples = Lcg(8).values(0.5F, 30'000);
    const std::vector<float> whole = tag_samples(tagger, samples, mono).embedding;
    tagger.start(mono);
    tagger.add(Lcg(9).values(0.5F, 50'000));
    EXPECT_EQ(in_portions(tagger, samples, 1000, mono), whole);
}

TEST(TaggerInPortions, without_a_sample_is_an_error_and_the_next_clip_is_none) {
    Tagger tagger = small_tagger();
    tagger.start(mono);
    EXPECT_THROW(tagger.finish(), Error);
    tagger.start(mono);
    EXPECT_THROW(tagger.add(std::vector<float>{0.0F, std::numeric_limits<float>::quiet_NaN()}), Error);
    EXPECT_NO_THROW(in_portions(tagger, Lcg(8).values(0.5F, 3000), 1000, mono));
}

TEST(TaggerInPortions, takes_audio_at_twice_the_rate_and_gives_nearly_the_same) {
    Tagger tagger = small_tagger();
    ASSERT_TRUE(Spectrogram::accepts(tagger.model().spectrogram, 44'100));
    const auto expected = in_portions(tagger, tone(66'150, 22'050), 4096, mono);
    const auto actual = in_portions(tagger, tone(132'300, 44'100), 4096, {44'100, 1});
    for (std::size_t tag = 0; tag < expected.size(); ++tag) EXPECT_NEAR(actual[tag], expected[tag], 2e-3);
    EXPECT_EQ(in_portions(tagger, tone(66'150, 22'050), 4096, mono), expected) << "and goes back";
}

}  // namespace
}  // namespace earmark
