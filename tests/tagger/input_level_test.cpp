#include "tagger/input_level.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "earmark/error.h"
#include "earmark/tagger.h"
#include "tests/support/lcg.h"
#include "tests/support/small_model.h"

namespace earmark {
namespace {

using testing::FloatNear;
using testing::Pointwise;

constexpr std::size_t judged = InputLevel::judged_samples;

std::vector<float> noise(std::size_t count, float amplitude = 0.5F) { return Lcg(6).values(amplitude, count); }

std::vector<float> tone(std::size_t count, float amplitude) {
    std::vector<float> samples(count);
    for (std::size_t n = 0; n < count; ++n) {
        const double turn = 2.0 * 3.14159265358979 * 10.3 * static_cast<double>(n) / 44'100.0;
        samples[n] = amplitude * static_cast<float>(std::cos(turn));
    }
    return samples;
}

std::vector<float> plus(float offset, std::vector<float> samples) {
    for (float& sample : samples) sample += offset;
    return samples;
}

std::vector<float> times(float factor, std::vector<float> samples) {
    for (float& sample : samples) sample *= factor;
    return samples;
}

std::vector<float> joined(std::vector<float> first, const std::vector<float>& second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

std::vector<float> leveled(InputLevel& level, const std::vector<float>& samples, std::size_t portion = 1'000'000,
                           bool plain = false) {
    level.start(plain);
    std::vector<float> result;
    const auto append = [&](std::span<const float> part) { result.insert(result.end(), part.begin(), part.end()); };
    for (std::size_t place = 0; place < samples.size(); place += portion)
        level.add(std::span(samples).subspan(place, std::min(portion, samples.size() - place)), append);
    level.finish(append);
    return result;
}

std::vector<float> leveled(const std::vector<float>& samples, std::size_t portion = 1'000'000) {
    InputLevel level;
    return leveled(level, samples, portion);
}

TEST(InputLevel, of_music_is_left_as_it_is) {
    for (const std::size_t count : {0U, 1U, 1000U, 131'071U, 131'072U, 300'000U}) {
        EXPECT_EQ(leveled(noise(count)), noise(count)) << count;
        EXPECT_EQ(leveled(tone(count, 1.99F)), tone(count, 1.99F)) << count;
    }
    EXPECT_EQ(leveled(plus(0.0035F, noise(200'000))), plus(0.0035F, noise(200'000)));
    const std::vector<float> late = joined(std::vector<float>(50'000), noise(200'000));
    EXPECT_EQ(leveled(late), late);
    EXPECT_EQ(leveled(std::vector<float>(50'000)), std::vector<float>(50'000));
}

TEST(InputLevel, loses_a_constant_offset) {
    for (const float offset : {0.02F, -0.1F}) {
        for (const std::size_t count : {40'000U, 300'000U})
            EXPECT_THAT(leveled(plus(offset, noise(count))), Pointwise(FloatNear(0.005F), noise(count)));
    }
}

TEST(InputLevel, loses_an_offset_that_comes_after_silence) {
    const std::vector<float> quiet(100'000);
    EXPECT_THAT(leveled(joined(quiet, plus(0.02F, noise(200'000)))),
                Pointwise(FloatNear(0.005F), joined(quiet, noise(200'000))));
}

TEST(InputLevel, does_not_take_a_low_tone_for_an_offset) { EXPECT_EQ(leveled(tone(judged, 0.9F)), tone(judged, 0.9F)); }

TEST(InputLevel, of_whole_numbers_that_were_stored_as_they_are_is_scaled_and_reported) {
    for (const float scale : {32'768.0F, 8'388'608.0F, 2'147'483'648.0F}) {
        InputLevel level;
        EXPECT_EQ(leveled(level, times(scale, noise(200'000))), noise(200'000)) << scale;
        EXPECT_EQ(level.warning(), "samples far beyond full scale: divided by " + std::to_string(std::llround(scale)));
        leveled(level, noise(1000));
        EXPECT_EQ(level.warning(), "");
    }
}

TEST(InputLevel, of_a_mix_that_was_never_brought_to_full_scale_is_divided_by_its_peak) {
    for (const float peak : {2.5F, 10.0F, 100.0F}) {
        InputLevel level;
        const std::vector<float> samples = tone(200'000, peak);
        EXPECT_THAT(leveled(level, samples), Pointwise(FloatNear(1e-5F), tone(200'000, 1.0F))) << peak;
        EXPECT_THAT(level.warning(), testing::MatchesRegex("samples far beyond full scale: divided by (2.5|10|100)"));
    }
}

TEST(InputLevel, of_loud_music_whose_peaks_are_beyond_twice_full_scale_is_left_as_it_is) {
    std::vector<float> samples = noise(200'000, 1.9F);
    for (std::size_t i = 0; i < 100; ++i) samples[1999 * i] = 2.4F;
    InputLevel level;
    EXPECT_EQ(leveled(level, samples), samples);
    EXPECT_EQ(level.warning(), "");
}

TEST(InputLevel, that_is_beyond_full_scale_too_late_is_reported) {
    InputLevel level;
    const std::vector<float> samples = joined(noise(judged), noise(judged, 9.0F));
    EXPECT_EQ(leveled(level, samples), samples);
    EXPECT_EQ(level.warning(), "samples reach 9, beyond full scale: the tags are unsure");
    leveled(level, noise(1000));
    EXPECT_EQ(level.warning(), "");
}

TEST(InputLevel, loses_an_offset_and_is_scaled_at_once) {
    EXPECT_THAT(leveled(times(32'768.0F, plus(0.02F, noise(200'000)))), Pointwise(FloatNear(0.005F), noise(200'000)));
}

TEST(InputLevel, that_is_far_beyond_full_scale_too_late_is_refused) {
    try {
        leveled(joined(noise(judged), times(32'768.0F, noise(judged, 0.6F))));
        FAIL() << "expected an error";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::damaged_audio);
        EXPECT_THAT(error.what(), testing::MatchesRegex("its samples reach 196[0-9][0-9], far beyond full scale; "
                                                        "expected samples from -1 to 1"));
    }
}

TEST(InputLevel, has_silence_for_a_few_samples_that_no_sound_has) {
    for (const std::size_t place : {1000U, 200'000U}) {
        std::vector<float> samples = noise(300'000);
        samples[place] = 1e9F;
        std::vector<float> expected = noise(300'000);
        expected[place] = 0.0F;
        EXPECT_THAT(leveled(samples), Pointwise(FloatNear(0.005F), expected)) << place;
    }
}

TEST(InputLevel, with_a_sample_that_is_not_finite_is_refused_wherever_it_is) {
    const std::vector<float> music = joined(std::vector<float>(1000), noise(300'000));
    for (const float offset : {0.0F, 0.02F}) {
        for (const std::size_t place : {10U, 5000U, 250'000U}) {
            for (const bool plain : {false, true}) {
                std::vector<float> samples = plus(offset, music);
                samples[place] = std::nanf("");
                InputLevel level;
                EXPECT_THROW(leveled(level, samples, 1000, plain), Error) << offset << ", " << place;
            }
        }
    }
}

TEST(InputLevel, does_not_depend_on_the_portions) {
    const std::vector<float> samples =
        joined(std::vector<float>(5000), times(32'768.0F, plus(0.02F, noise(judged + 5000))));
    const std::vector<float> whole = leveled(samples);
    for (const std::size_t portion : {1U, 977U, 50'000U}) EXPECT_EQ(leveled(samples, portion), whole);
}

TEST(InputLevel, in_the_plain_way_is_left_as_it_is) {
    InputLevel level;
    const std::vector<float> samples = times(32'768.0F, plus(0.02F, noise(200'000)));
    EXPECT_EQ(leveled(level, samples, 1000, true), samples);
    EXPECT_EQ(level.warning(), "");
}

ClipResult result_of(const std::vector<float>& samples) {
    Tagger tagger(std::make_shared<const Model>(small_model()), {Precision::float32});
    return tag_samples(tagger, samples, {44'100, 1});
}

TEST(InputLevelOfATagger, is_right_for_whole_numbers_and_with_an_offset) {
    const ClipResult expected = result_of(noise(300'000));
    const ClipResult whole_numbers = result_of(times(32'768.0F, noise(300'000)));
    EXPECT_EQ(whole_numbers.embedding, expected.embedding);
    EXPECT_EQ(whole_numbers.warning, "samples far beyond full scale: divided by 32768");
    EXPECT_EQ(whole_numbers.status, ClipStatus::ok);
    EXPECT_THAT(result_of(plus(0.02F, noise(300'000))).probabilities,
                Pointwise(FloatNear(0.002F), expected.probabilities));
}

}  // namespace
}  // namespace earmark
