// Audio at any rate and with any number of channels.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <span>

#include "earmark/error.h"
#include "earmark/tagger.h"
#include "tests/support/small_model.h"

namespace earmark {
namespace {

Tagger small_tagger() { return Tagger(std::make_shared<const Model>(small_model()), {Precision::float32}); }

// Noise in every channel, each another.
std::vector<float> interleaved_noise(std::size_t frame_count, int channel_count) {
    return Lcg(11).values(0.5F, frame_count * static_cast<std::size_t>(channel_count));
}

std::vector<float> mix_of(const std::vector<float>& interleaved, std::size_t channel_count) {
    std::vector<float> mono;
    for (std::size_t i = 0; i < interleaved.size(); i += channel_count) {
        float sum = 0.0F;
        for (std::size_t channel = 0; channel < channel_count; ++channel) sum += interleaved[i + channel];
        mono.push_back(sum * (1.0F / static_cast<float>(channel_count)));
    }
    return mono;
}

ClipResult in_portions(Tagger& tagger, std::span<const float> samples, std::size_t portion, const AudioFormat& format) {
    tagger.start(format);
    for (; !samples.empty(); samples = samples.subspan(std::min(portion, samples.size())))
        tagger.add(samples.first(std::min(portion, samples.size())));
    return tagger.finish();
}

// A chord, of nothing above a fifth of the lowest rate here.
std::vector<float> chord(double duration_s, int rate_hz) {
    std::vector<float> samples(static_cast<std::size_t>(duration_s * rate_hz));
    for (std::size_t n = 0; n < samples.size(); ++n) {
        const double time_s = static_cast<double>(n) / rate_hz;
        for (const double frequency_hz : {220.0, 554.4, 1318.5})
            samples[n] += static_cast<float>(0.2 * std::sin(2 * 3.14159265358979 * frequency_hz * time_s));
    }
    return samples;
}

class Channels : public testing::TestWithParam<int> {};

TEST_P(Channels, give_what_their_mean_gives) {
    const int channel_count = GetParam();
    Tagger tagger = small_tagger();
    for (const int rate_hz : {22'050, 44'100, 48'000}) {
        const auto samples = interleaved_noise(30'000, channel_count);
        const auto mix = mix_of(samples, static_cast<std::size_t>(channel_count));
        const ClipResult expected = tag_samples(tagger, mix, {rate_hz, 1});
        const ClipResult actual = tag_samples(tagger, samples, {rate_hz, channel_count});
        EXPECT_EQ(actual.embedding, expected.embedding) << rate_hz;
        EXPECT_EQ(actual.probabilities, expected.probabilities) << rate_hz;
        EXPECT_EQ(actual.duration_s, 30'000.0 / rate_hz);
    }
}

TEST_P(Channels, may_be_split_anywhere_even_within_a_frame) {
    Tagger tagger = small_tagger();
    for (const int rate_hz : {22'050, 48'000}) {
        const AudioFormat format{rate_hz, GetParam()};
        const auto samples = interleaved_noise(20'000, GetParam());
        const std::vector<float> whole = tag_samples(tagger, samples, format).embedding;
        for (const std::size_t portion : {1U, 7U, 1001U, 65'536U})
            EXPECT_EQ(in_portions(tagger, samples, portion, format).embedding, whole) << portion << " at " << rate_hz;
    }
}

INSTANTIATE_TEST_SUITE_P(Counts, Channels, testing::Values(1, 2, 3, 6, 64), testing::PrintToStringParamName());

class Rate : public testing::TestWithParam<int> {};

TEST_P(Rate, hardly_changes_the_result) {
    Tagger tagger = small_tagger();
    const ClipResult expected = tag_samples(tagger, chord(4.0, 22'050), {22'050, 1});
    const ClipResult actual = tag_samples(tagger, chord(4.0, GetParam()), {GetParam(), 1});
    EXPECT_NEAR(actual.duration_s, 4.0, 1e-3);
    for (std::size_t tag = 0; tag < expected.probabilities.size(); ++tag)
        EXPECT_NEAR(actual.probabilities[tag], expected.probabilities[tag], 2e-3);
}

INSTANTIATE_TEST_SUITE_P(Hz, Rate, testing::Values(11'025, 16'000, 32'000, 44'100, 48'000, 88'200, 96'000, 192'000),
                         testing::PrintToStringParamName());

TEST(AudioFormat, of_an_incomplete_last_frame_gives_a_warning_and_the_result_of_the_others) {
    Tagger tagger = small_tagger();
    std::vector<float> samples = interleaved_noise(5000, 2);
    const ClipResult expected = tag_samples(tagger, samples, {22'050, 2});
    EXPECT_EQ(expected.warning, "");
    samples.push_back(0.5F);
    const ClipResult actual = tag_samples(tagger, samples, {22'050, 2});
    EXPECT_EQ(actual.embedding, expected.embedding);
    EXPECT_EQ(actual.warning, "the last frame lacks channels and was left out");
    EXPECT_EQ(tag_samples(tagger, interleaved_noise(5000, 2), {22'050, 2}).warning, "") << "and the next has none";
}

TEST(AudioFormat, that_no_audio_has_is_refused_and_the_field_named) {
    Tagger tagger = small_tagger();
    const auto message = [&](const AudioFormat& format) -> std::string {
        try {
            tagger.start(format);
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), ErrorCode::usage);
            return error.what();
        }
        return "";
    };
    EXPECT_EQ(message({0, 1}), "sample_rate_hz is 0; expected 100 to 3000000");
    EXPECT_EQ(message({-44'100, 1}), "sample_rate_hz is -44100; expected 100 to 3000000");
    EXPECT_EQ(message({3'000'001, 1}), "sample_rate_hz is 3000001; expected 100 to 3000000");
    EXPECT_EQ(message({44'100, 0}), "channel_count is 0; expected 1 to 64");
    EXPECT_EQ(message({44'100, 65}), "channel_count is 65; expected 1 to 64");
    for (const int rate_hz : {100, 3'000'000}) EXPECT_EQ(message({rate_hz, 64}), "");
}

TEST(AudioFormat, of_several_channels_does_not_hide_a_sample_that_is_not_finite) {
    Tagger tagger = small_tagger();
    std::vector<float> samples = interleaved_noise(5000, 2);
    samples[777] = std::numeric_limits<float>::infinity();
    EXPECT_THROW(tag_samples(tagger, samples, {48'000, 2}), Error);
}

TEST(AudioFormat, of_half_a_frame_alone_is_no_audio) {
    Tagger tagger = small_tagger();
    EXPECT_THROW(tag_samples(tagger, std::vector<float>{0.5F}, {48'000, 2}), Error);
}

}  // namespace
}  // namespace earmark
