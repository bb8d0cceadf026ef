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

Tagger small_tagger() { return Tagger(std::make_shared<const Model>(small_model())); }

std::vector<float> in_portions(Tagger& tagger, std::span<const float> samples, std::size_t portion, int rate_hz) {
    tagger.start(rate_hz);
    for (; !samples.empty(); samples = samples.subspan(std::min(portion, samples.size()))) {
        tagger.add(samples.first(std::min(portion, samples.size())));
    }
    return tagger.finish();
}

TEST(TaggerInPortions, gives_bit_by_bit_the_probabilities_of_the_whole_clip) {
    Tagger tagger = small_tagger();
    for (const std::size_t sample_count : {1U, 700U, 14'000U, 100'000U}) {
        const std::vector<float> samples = Lcg(7).values(0.5F, sample_count);
        const std::vector<float> whole = tagger.probabilities(samples);
        for (const std::size_t portion : {97U, 4096U, 1'000'000U}) {
            EXPECT_EQ(in_portions(tagger, samples, portion, 22'050), whole) << sample_count << " in " << portion;
        }
    }
}

TEST(TaggerInPortions, forgets_a_clip_that_was_not_finished) {
    Tagger tagger = small_tagger();
    const std::vector<float> samples = Lcg(8).values(0.5F, 30'000);
    const std::vector<float> whole = tagger.probabilities(samples);
    tagger.start(22'050);
    tagger.add(Lcg(9).values(0.5F, 50'000));
    EXPECT_EQ(in_portions(tagger, samples, 1000, 22'050), whole);
}

TEST(TaggerInPortions, without_a_sample_is_an_error_and_the_next_clip_is_none) {
    Tagger tagger = small_tagger();
    tagger.start(22'050);
    EXPECT_THROW(tagger.finish(), Error);
    tagger.start(22'050);
    EXPECT_THROW(tagger.add(std::vector<float>{0.0F, std::numeric_limits<float>::quiet_NaN()}), Error);
    EXPECT_NO_THROW(in_portions(tagger, Lcg(8).values(0.5F, 3000), 1000, 22'050));
}

TEST(TaggerInPortions, takes_audio_at_twice_the_rate_and_gives_nearly_the_same) {
    Tagger tagger = small_tagger();
    const auto tone = [](std::size_t count, double rate_hz) {
        std::vector<float> samples(count);
        for (std::size_t n = 0; n < count; ++n) {
            samples[n] =
                static_cast<float>(0.5 * std::sin(2 * 3.14159265358979 * 660.0 * static_cast<double>(n) / rate_hz));
        }
        return samples;
    };
    ASSERT_EQ(tagger.input_rate_hz(44'100), 44'100);
    const auto expected = in_portions(tagger, tone(66'150, 22'050), 4096, 22'050);
    const auto actual = in_portions(tagger, tone(132'300, 44'100), 4096, 44'100);
    for (std::size_t tag = 0; tag < expected.size(); ++tag) EXPECT_NEAR(actual[tag], expected[tag], 1e-3);
    EXPECT_EQ(in_portions(tagger, tone(66'150, 22'050), 4096, 22'050), expected) << "and goes back";
}

TEST(TaggerInPortions, wants_other_rates_resampled_to_that_of_the_model) {
    const Tagger tagger = small_tagger();
    EXPECT_EQ(tagger.input_rate_hz(48'000), 22'050);
    EXPECT_EQ(tagger.input_rate_hz(8'000), 22'050);
}

}  // namespace
}  // namespace earmark
