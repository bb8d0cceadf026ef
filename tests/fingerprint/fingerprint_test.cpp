#include "fingerprint/fingerprint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <fstream>
#include <string>

#include "earmark/decode.h"

namespace earmark {
namespace {

std::vector<float> samples_of(const std::string& piece) {
    return decode_file(std::string(EARMARK_SAMPLES_DIR) + "/" + piece, fingerprint_rate_hz).audio.samples;
}

Fingerprint fingerprint_of(const std::vector<float>& samples) {
    Fingerprinter fingerprinter;
    fingerprinter.add(samples);
    return fingerprinter.finish();
}

class Piece : public testing::TestWithParam<const char*> {};

TEST_P(Piece, has_the_fingerprint_that_fpcalc_gives) {
    const std::string piece = GetParam();
    std::ifstream file(std::string(EARMARK_GOLDEN_DIR) + "/datasets/" + piece.substr(0, piece.find('.')) +
                       ".fingerprint.txt");
    Fingerprint expected;
    for (std::uint32_t number = 0; file >> number;) expected.push_back(number);
    ASSERT_GT(expected.size(), 150U);
    const Fingerprint found = fingerprint_of(samples_of(piece));
    ASSERT_NEAR(static_cast<double>(found.size()), static_cast<double>(expected.size()), 1.0);
    const std::size_t count = std::min(found.size(), expected.size());
    std::size_t differing = 0;
    for (std::size_t i = 0; i < count; ++i) differing += std::popcount(found[i] ^ expected[i]);
    EXPECT_LT(static_cast<double>(differing) / static_cast<double>(32 * count), 0.02);
}

INSTANTIATE_TEST_SUITE_P(, Piece, testing::Values("rock-band.mp3", "techno.ogg", "piano-ballad.flac"),
                         [](const auto& test) { return std::string(test.param, 4); });

TEST(Fingerprint, does_not_depend_on_portions) {
    const auto samples = samples_of("rock-band.mp3");
    Fingerprinter fingerprinter;
    for (std::size_t start = 0, length = 1; start < samples.size(); start += length, length = length * 3 % 9973 + 1) {
        fingerprinter.add(std::span(samples).subspan(start, std::min(length, samples.size() - start)));
    }
    EXPECT_EQ(fingerprinter.finish(), fingerprint_of(samples));
}

TEST(Fingerprint, begins_anew_after_each) {
    const auto samples = samples_of("techno.ogg");
    Fingerprinter fingerprinter;
    fingerprinter.add(samples_of("rock-band.mp3"));
    fingerprinter.finish();
    fingerprinter.add(samples);
    EXPECT_EQ(fingerprinter.finish(), fingerprint_of(samples));
}

TEST(Fingerprint, of_too_little_sound_is_empty) {
    EXPECT_TRUE(fingerprint_of({}).empty());
    EXPECT_TRUE(fingerprint_of(std::vector<float>(fingerprint_rate_hz * 2)).empty());
}

TEST(Fingerprint, covers_the_stated_duration) {
    auto samples = samples_of("rock-band.mp3");
    samples.resize(fingerprint_rate_hz * 10);
    const double span_s = fingerprint_span_s(fingerprint_of(samples).size());
    EXPECT_LE(span_s, 10.0);
    EXPECT_GT(span_s, 10.0 - 2 * fingerprint_step_s);
}

TEST(Fingerprint, accepts_samples_that_are_too_loud) {
    std::vector<float> samples(fingerprint_rate_hz * 5);
    for (std::size_t i = 0; i < samples.size(); ++i) samples[i] = i % 50 < 25 ? 3.0F : -3.0F;
    EXPECT_FALSE(fingerprint_of(samples).empty());
}

}  // namespace
}  // namespace earmark
