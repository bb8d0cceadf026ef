#include "tagger/loudest_moment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "earmark/tagger.h"
#include "tests/support/lcg.h"
#include "tests/support/small_model.h"

namespace earmark {
namespace {

constexpr std::size_t moment = LoudestMoment::moment_samples;

// A square wave of this level in dB of full scale.
std::vector<float> sound(std::size_t count, double level_db, float offset = 0.0F) {
    const auto amplitude = static_cast<float>(std::pow(10.0, level_db / 20.0));
    std::vector<float> samples(count);
    for (std::size_t i = 0; i < count; ++i) samples[i] = offset + (i / 50 % 2 == 0 ? amplitude : -amplitude);
    return samples;
}

std::vector<float> joined(std::vector<float> first, const std::vector<float>& second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

LoudestMoment moment_of(const std::vector<float>& samples, std::size_t portion = 1'000'000) {
    LoudestMoment loudest;
    loudest.start();
    for (std::size_t place = 0; place < samples.size(); place += portion)
        loudest.add(std::span(samples).subspan(place, std::min(portion, samples.size() - place)));
    loudest.finish();
    return loudest;
}

TEST(LoudestMoment, is_quiet_below_minus_40_db) {
    for (const std::size_t count : {std::size_t{1000}, moment, 5 * moment + 7}) {
        EXPECT_TRUE(moment_of(sound(count, -40.1)).is_quiet()) << count;
        EXPECT_FALSE(moment_of(sound(count, -39.9)).is_quiet()) << count;
    }
}

TEST(LoudestMoment, is_that_with_the_most_power) {
    const std::vector<float> samples = joined(joined(sound(moment, -60.0), sound(moment, -52.5)), sound(moment, -55.0));
    EXPECT_NEAR(moment_of(samples).level_db(), -52.5, 0.05);
    EXPECT_FALSE(moment_of(joined(samples, sound(moment, -30.0))).is_quiet());
    EXPECT_FALSE(moment_of(joined(sound(moment, -30.0), samples)).is_quiet());
}

TEST(LoudestMoment, is_longer_than_a_click) {
    EXPECT_TRUE(moment_of(joined(joined(sound(1000, -60.0), {0.9F}), sound(2 * moment, -60.0))).is_quiet());
}

TEST(LoudestMoment, has_no_power_of_a_constant_offset) {
    EXPECT_NEAR(moment_of(sound(3 * moment, -50.0, 0.02F)).level_db(), -50.0, 0.05);
}

TEST(LoudestMoment, does_not_depend_on_the_portions) {
    const std::vector<float> samples = joined(sound(moment + 77, -60.0), sound(moment, -52.5));
    for (const std::size_t portion : {1U, 977U, 20'000U})
        EXPECT_EQ(moment_of(samples, portion).level_db(), moment_of(samples).level_db());
}

ClipResult result_of(const std::vector<float>& samples, bool plain = false) {
    Tagger tagger(std::make_shared<const Model>(small_model()), {.precision = Precision::float32, .plain = plain});
    return tag_samples(tagger, samples, {44'100, 1});
}

TEST(QuietClip, is_tagged_with_a_warning) {
    const ClipResult result = result_of(sound(100'000, -52.5));
    EXPECT_EQ(result.warning, "very quiet, -53 dB where it is loudest: the tags are unsure");
    EXPECT_EQ(result.status, ClipStatus::ok);
    EXPECT_EQ(result_of(sound(100'000, -52.5), true).warning, "");
    EXPECT_EQ(result_of(sound(100'000, -39.0)).warning, "");
}

TEST(QuietClip, that_has_no_tags_is_not_called_quiet_as_well) {
    EXPECT_EQ(result_of(std::vector<float>(100'000)).warning, "silent: no tags");
}

TEST(QuietClip, is_one_clip_alone) {
    Tagger tagger(std::make_shared<const Model>(small_model()), {.precision = Precision::float32});
    EXPECT_EQ(tag_samples(tagger, sound(100'000, -20.0), {44'100, 1}).warning, "");
    EXPECT_NE(tag_samples(tagger, sound(100'000, -52.5), {44'100, 1}).warning, "");
    EXPECT_EQ(tag_samples(tagger, sound(100'000, -20.0), {44'100, 1}).warning, "");
}

}  // namespace
}  // namespace earmark
