// Small files that ask for much memory or time: docs/robustness.md has a table of what they took before.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/decode/spent.h"

namespace earmark::test {
namespace {

struct Attack {
    std::string kind;      ///< of tests/attacks/generate.py
    std::size_t count;     ///< its size
    std::string message;   ///< a part of the error or warning; empty: there is none
    double audio_s = 0.0;  ///< what is read, at least
};

void PrintTo(const Attack& attack, std::ostream* stream) { *stream << attack.kind; }

class SmallFile : public testing::TestWithParam<Attack> {};

TEST_P(SmallFile, takes_less_than_200_mb) {
    const Attack& attack = GetParam();
    const AttackFile file(attack.kind, attack.count);
    if (file.path().empty()) GTEST_SKIP() << "python3 is missing";
    const Spent spent = spent_on(file.path());
    EXPECT_LT(measures_memory() ? spent.peak_mb : 0, 200);
    EXPECT_GE(spent.audio_s, attack.audio_s);
    EXPECT_THAT(spent.message, testing::HasSubstr(attack.message));
    EXPECT_EQ(spent.message.empty(), attack.message.empty());
}

constexpr std::size_t mb = std::size_t{1} << 20;

INSTANTIATE_TEST_SUITE_P(
    Kinds, SmallFile,
    testing::Values(
        Attack{"gzip", 300 * mb, "packed with gzip, and more than 16 MB"},
        Attack{"gzip_mp3", 300 * mb, "packed with gzip, and more than 16 MB"},
        Attack{"zeros", 600 * mb, "have no music"}, Attack{"zeros_wav", 600 * mb, "not audio"},
        Attack{"zeros_at_end", 300 * mb, "the next 32 MB have no music", 0.2},
        Attack{"zeros_within", 300 * mb, "the next 32 MB have no music", 0.2}, Attack{"zeros_within", 3 * mb, "", 0.45},
        Attack{"mp4_equal_samples", 40'000'000, "lists 160000000 packets"},
        Attack{"mp4_long_chunks", 0x7FFFFFFF, "packets, and the file has"},
        Attack{"mp4_fragment", 40'000'000, "lists 160000000 packets"},
        Attack{"mp4_packed_header", 300 * mb, "its header is compressed, and more than 16 MB"},
        Attack{"mp4_packed_header", 4 * mb, "the header cannot be read"}, Attack{"mp4_tags", 5000, "", 0.2},
        Attack{"mp4_fragments", 3'000'000, "its header has 3000000 fragments"},
        Attack{"mp4_fragments", 400'000, "", 0.2},
        Attack{"mp4_fragments_inside", 3'000'000, "its header has 3000000 fragments"},
        Attack{"mp4_index", 2'600'000, "its header has 2600000 fragments"},
        Attack{"mp4_references", 900'000, "0 fragments and 3600000 references"}, Attack{"mp4_keys", 5000, "", 0.2},
        Attack{"id3_packed", 250 * mb, "", 0.2}, Attack{"id3_packed_riff", 250 * mb, "", 0.1},
        Attack{"id3_packed_aiff", 250 * mb, "", 0.1}, Attack{"id3_texts", 5000, "", 0.2},
        Attack{"id3_texts_riff", 5000, "", 0.1}, Attack{"id3_chapters", 5000, "", 0.2},
        Attack{"ape_items", 5000, "", 0.2}, Attack{"comments_flac", 5000, "", 0.1},
        Attack{"comments_ogg", 5000, "", 0.2}, Attack{"matroska_chapters", 5000, "", 0.1},
        Attack{"matroska_tags", 5000, "", 0.1},
        Attack{"matroska_encodings", 1'200'000, "its header has too many parts"},
        Attack{"matroska_tracks", 2'000'000, "its header has too many parts"},
        Attack{"matroska_mappings", 2'000'000, "its header has too many parts"},
        Attack{"matroska_mappings", 10'000, "", 0.1},
        Attack{"matroska_tracks_without_size", 2'000'000, "its header has too many parts"},
        Attack{"matroska_tags_without_size", 200'000, "its header has too many parts"},
        Attack{"mp4_edits", 16, "none of its audio can be decoded"},
        Attack{"mp4_edits", 5000, "none of its audio can be decoded"}, Attack{"id3_within_aac", 250 * mb, "", 0.2},
        Attack{"riff_texts", 5000, "", 0.1}, Attack{"asf_attributes", 5000, "", 0.2},
        Attack{"ape_frames", 20'000'000, "damaged"}, Attack{"tta_frames", 20'000'000, "damaged"},
        Attack{"flac_rates", 200, "its sample rate changes again and again", 0.05},
        Attack{"flac_100_hz", 10, "none of its audio can be decoded"}, Attack{"flac_silence", 20, "", 160.0},
        Attack{"slow_module", 2, "no more than an hour of a module is played", 3599.0}),
    [](const testing::TestParamInfo<Attack>& test) {
        return test.param.kind + "_" + std::to_string(test.param.count);
    });

}  // namespace
}  // namespace earmark::test
