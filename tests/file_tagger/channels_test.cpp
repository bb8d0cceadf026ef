// Files whose channels are silent, or cancel each other.
#include <gtest/gtest.h>

#include "earmark/decode.h"
#include "earmark/error.h"
#include "earmark/file_tagger.h"
#include "tests/file_tagger/small_tagger.h"
#include "tests/support/float_wav.h"
#include "tests/support/gated_model.h"
#include "tests/support/lcg.h"

namespace earmark {
namespace {

constexpr std::size_t frame_count = 100'000;

// Noise in each channel, times its factor.
std::vector<float> noise(const std::vector<float>& factors) {
    const std::vector<float> mono = Lcg(5).values(0.5F, frame_count);
    std::vector<float> samples;
    for (const float sample : mono)
        for (const float factor : factors) samples.push_back(sample * factor);
    return samples;
}

std::span<const std::byte> bytes_of_text(const std::string& text) { return std::as_bytes(std::span(text)); }

ClipResult result_of(const std::vector<float>& factors, std::uint32_t rate_hz = 44'100, bool plain = false) {
    const std::string wav = float_wav(noise(factors), rate_hz, static_cast<std::uint16_t>(factors.size()));
    Tagger tagger(shared_small_model(), {.precision = Precision::float32, .plain = plain});
    return tag_bytes(tagger, bytes_of_text(wav), "a.wav");
}

TEST(ChannelsOfAFile, that_are_silent_do_not_count) {
    for (const std::uint32_t rate_hz : {44'100U, 48'000U}) {
        const std::vector<float> expected = result_of({1.0F}, rate_hz).embedding;
        EXPECT_EQ(result_of({1.0F, 0.0F}, rate_hz).embedding, expected);
        EXPECT_EQ(result_of({0.0F, 1.0F}, rate_hz).embedding, expected);
        EXPECT_NE(result_of({0.0F, 1.0F}, rate_hz, true).embedding, expected);
        EXPECT_EQ(result_of({1.0F, 0.0F}, rate_hz).status, ClipStatus::ok);
    }
}

TEST(ChannelsOfAFile, that_cancel_are_not_averaged_and_the_result_reports_it) {
    const ClipResult result = result_of({1.0F, -1.0F});
    EXPECT_EQ(result.embedding, result_of({1.0F}).embedding);
    EXPECT_EQ(result.probabilities, result_of({1.0F}).probabilities);
    EXPECT_EQ(result.duration_s, result_of({1.0F}).duration_s);
    EXPECT_EQ(result.status, ClipStatus::channels_cancel);
    EXPECT_EQ(result.warning, "the channels cancel each other: they were not averaged");
    EXPECT_EQ(result_of({1.0F, -1.0F}, 44'100, true).status, ClipStatus::ok);
}

TEST(ChannelsOfAFile, that_cancel_are_reported_whatever_the_gate_gives) {
    const std::string wav = float_wav(noise({1.0F, -1.0F}), 44'100, 2);
    const auto expect = [&wav](const Model& model, ClipStatus status) {
        Tagger tagger(std::make_shared<const Model>(model));
        const ClipResult result = tag_bytes(tagger, bytes_of_text(wav), "a.wav");
        EXPECT_EQ(result.status, status);
        EXPECT_EQ(result.warning, "the channels cancel each other: they were not averaged");
    };
    expect(model_with_gate(1.0F, 1e9F), ClipStatus::channels_cancel);
    expect(model_with_gate(1.0F, 0.0F), ClipStatus::unsure);
    expect(model_with_gate(-1.0F, 1e9F), ClipStatus::not_music);
}

TEST(ChannelsOfAFile, give_what_the_samples_give) {
    Tagger tagger = small_tagger();
    for (const std::vector<float>& factors :
         {std::vector{1.0F, 0.3F}, {0.0F, 1.0F}, {1.0F, -1.0F}, {0.0F, 1.0F, 0.0F}}) {
        const ClipResult expected = tag_samples(tagger, noise(factors), {44'100, static_cast<int>(factors.size())});
        const ClipResult actual = result_of(factors);
        EXPECT_EQ(actual.embedding, expected.embedding);
        EXPECT_EQ(actual.status, expected.status);
        EXPECT_EQ(actual.warning, expected.warning);
    }
}

TEST(AudioReader, averages_all_channels_unless_it_is_asked_for_those_that_sound) {
    const std::string wav = float_wav(noise({0.0F, 1.0F}), 22'050, 2);
    std::vector<float> samples(frame_count);
    AudioReader plain(bytes_of_text(wav), "a.wav");
    ASSERT_EQ(plain.read(samples), frame_count);
    EXPECT_EQ(samples, noise({0.5F}));
    AudioReader sounding(bytes_of_text(wav), "a.wav", {.channels = ChannelRule::sounding});
    ASSERT_EQ(sounding.read(samples), frame_count);
    EXPECT_EQ(samples, noise({1.0F}));
}

TEST(ScaleOfAFile, that_turns_out_to_be_far_too_great_is_an_error_that_names_the_file) {
    std::vector<float> samples = Lcg(5).values(0.5F, 300'000);
    for (std::size_t i = 200'000; i < samples.size(); ++i) samples[i] *= 32'768.0F;
    Tagger tagger = small_tagger();
    try {
        tag_bytes(tagger, bytes_of_text(float_wav(samples, 44'100, 1)), "a.wav");
        FAIL() << "expected an error";
    } catch (const Error& error) {
        EXPECT_TRUE(std::string(error.what()).starts_with("a.wav: its samples reach 163")) << error.what();
    }
}

}  // namespace
}  // namespace earmark
