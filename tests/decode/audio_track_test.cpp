// Which audio stream is read of a file that has several.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/decode/test_support.h"

namespace earmark::test {
namespace {

/// Of a sine: how often it becomes positive.
double frequency_hz(const Audio& audio) {
    int count = 0;
    for (std::size_t i = 1; i < audio.samples.size(); ++i) {
        count += audio.samples[i - 1] < 0.0F && audio.samples[i] >= 0.0F ? 1 : 0;
    }
    return count / audio.duration_s();
}

struct Tracks {
    const char* file;
    double frequency_hz;  ///< 500 in the first one, 2,000 in the second, which has the higher bit rate
    const char* description;
};

std::string test_name(const testing::TestParamInfo<Tracks>& info) {
    std::string name = info.param.file;
    std::replace(name.begin(), name.end(), '.', '_');
    return name;
}

class SeveralTracks : public testing::TestWithParam<Tracks> {};

TEST_P(SeveralTracks, have_one_that_is_read) {
    const Audio audio = decode_file(golden_file(GetParam().file), 32000).audio;
    EXPECT_NEAR(frequency_hz(audio), GetParam().frequency_hz, 0.2 * GetParam().frequency_hz);
}

TEST_P(SeveralTracks, have_a_description_of_the_one_that_is_read) {
    EXPECT_EQ(AudioReader(golden_file(GetParam().file)).track(), GetParam().description);
}

TEST_P(SeveralTracks, are_no_damage) { EXPECT_EQ(decode_file(golden_file(GetParam().file), 32000).warning, ""); }

INSTANTIATE_TEST_SUITE_P(
    Of, SeveralTracks,
    testing::Values(Tracks{"tracks_default.mp4", 500, "audio track 1 of 2 was read (language: deu)"},
                    Tracks{"tracks.ts", 500, "audio track 1 of 2 was read (language: deu)"},
                    Tracks{"tracks.mka", 500, "audio track 1 of 2 was read (language: deu)"},
                    Tracks{"tracks_second_default.mka", 2000, "audio track 2 of 2 was read (language: eng)"},
                    Tracks{"tracks_first_described.mka", 2000, "audio track 2 of 2 was read (language: eng)"}),
    test_name);

TEST(OneTrack, has_no_description) {
    for (const char* name : {"coded.mp3", "cover.mp3", "film.mp4", "free_format.mp3"}) {
        EXPECT_EQ(AudioReader(golden_file(name)).track(), "") << name;
    }
}

TEST(TrackDescription, leaves_out_a_language_that_is_no_word) {
    Bytes bytes = read_bytes(golden_file("tracks.mka"));
    const Bytes language = bytes_of(std::vector{'d', 'e', 'u'});
    const auto at = std::search(bytes.begin(), bytes.end(), language.begin(), language.end());
    ASSERT_NE(at, bytes.end());
    *at = std::byte{0x1b};
    EXPECT_EQ(AudioReader(bytes, "a.mka").track(), "audio track 1 of 2 was read");
}

}  // namespace
}  // namespace earmark::test
