// The table of endings of src/base compared with the list of FFmpeg's demuxers.
#include <gtest/gtest.h>

#include <set>
#include <sstream>
#include <string>

#include "earmark/audio_files.h"

extern "C" {
#include <libavformat/avformat.h>
}

namespace earmark {
namespace {

// Endings for which FFmpeg has a demuxer and that the table leaves out.
const std::set<std::string> endings_left_out{
    // mostly of files that are no audio, or of no music: lists, programs, archives, pictures, documents
    "302", "669", "722", "ads", "apl", "avif", "bit", "bitpacked", "ice", "mac", "mca", "mks", "mms", "ppm", "sbg",
    "str", "svs", "vpk",
    // pictures, texts and subtitles
    "adf", "ans", "aqt", "art", "asc", "cdata", "cdg", "diz", "flm", "idf", "idx", "j2k", "mcc", "mpl2", "mpo", "nfo",
    "pjs", "rt", "sami", "scc", "ser", "smi", "stl", "sub", "sup", "txt", "v", "vt", "vtt",
    // video without a container
    "264", "265", "avc", "avs", "avs2", "avs3", "cgi", "cif", "h261", "h264", "h265", "h26l", "hevc", "ipu", "mjpeg",
    "mjpg", "obu", "qcif", "rcv", "rgb", "sga", "v210", "vc1", "y4m", "yuv", "yuv10",
    // video of old games and of surveillance
    "bmv", "cdxl", "dat", "dav", "ifv", "imx", "lvf", "mods", "mvi", "mxg", "sdr2", "vb", "xl", "xmv", "yop"};

TEST(AudioEndings, are_all_that_ffmpeg_knows_but_for_those_left_out) {
    if (LIBAVFORMAT_VERSION_MAJOR != 59) GTEST_SKIP() << "another FFmpeg knows other endings";
    void* place = nullptr;
    while (const AVInputFormat* format = av_demuxer_iterate(&place)) {
        std::istringstream endings(format->extensions == nullptr ? "" : format->extensions);
        for (std::string ending; std::getline(endings, ending, ',');) {
            EXPECT_NE(has_audio_ending("music." + ending), endings_left_out.contains(ending))
                << ending << " of " << format->name << ": expected in the table or in the list above, and not in both";
        }
    }
}

// ATRAC3 is in a WAV, whose demuxer does not list the ending. FFmpeg 5.1 has nothing for AC-4.
TEST(AudioEndings, of_formats_inside_other_containers_are_there_where_ffmpeg_decodes_them) {
    EXPECT_TRUE(has_audio_ending("music.at3"));
    EXPECT_FALSE(has_audio_ending("music.ac4"));
}

}  // namespace
}  // namespace earmark
