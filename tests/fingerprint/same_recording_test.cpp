// When two fingerprints are of one recording.
#include "fingerprint/same_recording.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

#include "earmark/decode.h"
#include "fingerprint/clip_fingerprint.h"

namespace earmark {
namespace {

constexpr int rate_hz = 22050;

std::vector<float> samples_of(const std::string& piece) {
    return decode_file(std::string(EARMARK_SAMPLES_DIR) + "/" + piece, rate_hz).audio.samples;
}

Fingerprint fingerprint_of(const std::vector<float>& samples) {
    ClipFingerprint fingerprint(rate_hz);
    fingerprint.add(samples);
    return fingerprint.finish();
}

TEST(SameRecording, is_quieter_or_starts_a_little_later) {
    const auto samples = samples_of("rock-band.mp3");
    auto quieter = samples;
    for (float& sample : quieter) sample *= 0.25F;
    const std::vector<float> later(samples.begin() + 2 * rate_hz, samples.end());
    auto after_silence = samples;
    after_silence.insert(after_silence.begin(), static_cast<std::size_t>(rate_hz), 0.0F);
    for (const auto& other : {quieter, later, after_silence})
        EXPECT_TRUE(is_same_recording(fingerprint_of(samples), fingerprint_of(other)));
}

TEST(SameRecording, is_not_another_piece) {
    const std::array pieces{"folk-guitar.m4a", "jazz-trio.wav",         "piano-ballad.flac",
                            "rock-band.mp3",   "string-orchestra.opus", "techno.ogg"};
    std::vector<Fingerprint> fingerprints;
    for (const char* const piece : pieces) fingerprints.push_back(fingerprint_of(samples_of(piece)));
    for (std::size_t i = 0; i < pieces.size(); ++i)
        for (std::size_t k = i + 1; k < pieces.size(); ++k)
            EXPECT_FALSE(is_same_recording(fingerprints[i], fingerprints[k])) << pieces[i] << " and " << pieces[k];
}

TEST(SameRecording, needs_enough_in_common) {
    const Fingerprint whole = fingerprint_of(samples_of("techno.ogg"));
    const Fingerprint start(whole.begin(), whole.begin() + 15);
    EXPECT_EQ(least_bit_error(whole, start), 1.0);
    EXPECT_EQ(least_bit_error({}, {}), 1.0);
    EXPECT_EQ(least_bit_error(whole, {}), 1.0);
    EXPECT_EQ(least_bit_error(whole, whole), 0.0);
}

}  // namespace
}  // namespace earmark
