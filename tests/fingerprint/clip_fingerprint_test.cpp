// The fingerprint of a clip at any rate is that of its samples at the rate of chromaprint.
#include "fingerprint/clip_fingerprint.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "earmark/decode.h"
#include "fingerprint/same_recording.h"

namespace earmark {
namespace {

std::vector<float> samples_of(const std::string& piece, int rate_hz) {
    return decode_file(std::string(EARMARK_SAMPLES_DIR) + "/" + piece, rate_hz).audio.samples;
}

Fingerprint fingerprint_of(std::span<const float> samples, int rate_hz) {
    ClipFingerprint fingerprint(rate_hz);
    fingerprint.add(samples);
    return fingerprint.finish();
}

TEST(ClipFingerprint, is_nearly_the_same_at_every_rate) {
    const Fingerprint expected = fingerprint_of(samples_of("rock-band.mp3", fingerprint_rate_hz), fingerprint_rate_hz);
    for (const int rate_hz : {16000, 22050, 44100, 48000})
        EXPECT_LT(least_bit_error(fingerprint_of(samples_of("rock-band.mp3", rate_hz), rate_hz), expected), 0.02)
            << rate_hz;
}

TEST(ClipFingerprint, does_not_depend_on_portions) {
    const auto samples = samples_of("techno.ogg", 44100);
    ClipFingerprint fingerprint(44100);
    for (std::size_t start = 0, length = 1; start < samples.size(); start += length, length = length * 3 % 39973 + 1)
        fingerprint.add(std::span(samples).subspan(start, std::min(length, samples.size() - start)));
    EXPECT_EQ(fingerprint.finish(), fingerprint_of(samples, 44100));
}

TEST(ClipFingerprint, covers_the_beginning_alone) {
    std::vector<float> song;
    const auto piece = samples_of("piano-ballad.flac", 22050);
    while (song.size() < 22050U * 120U) song.insert(song.end(), piece.begin(), piece.end());
    const Fingerprint whole = fingerprint_of(song, 22050);
    EXPECT_NEAR(fingerprint_span_s(whole.size()), ClipFingerprint::most_s, 2 * fingerprint_step_s);
    EXPECT_EQ(whole, fingerprint_of(std::span(song).first(22050U * 90U), 22050));
}

TEST(ClipFingerprint, of_too_little_sound_is_empty) {
    EXPECT_TRUE(fingerprint_of({}, 44100).empty());
    EXPECT_TRUE(fingerprint_of(std::vector<float>(44100U * 2U), 44100).empty());
}

}  // namespace
}  // namespace earmark
