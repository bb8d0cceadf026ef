#include "base/audio_files.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>

namespace earmark {
namespace {

// Each list in alphabetical order. Endings that mostly mean something else are left out, although FFmpeg has a demuxer
// for them: tests/decode/audio_endings_test.cpp names them.

// Recordings.
constexpr std::array<std::string_view, 136> sound_endings{
    "3ga",   "8svx",  "aa",    "aa3",   "aac",  "aax",  "ac3",  "acm",    "adp",  "adx",    "aea",  "afc",  "aif",
    "aifc",  "aiff",  "aix",   "al",    "amr",  "ape",  "aptx", "aptxhd", "ast",  "at3",    "au",   "avr",  "awb",
    "bcstm", "bfstm", "binka", "brstm", "bwf",  "c2",   "caf",  "daud",   "dff",  "dfpwm",  "dsf",  "dss",  "dtk",
    "dts",   "dtshd", "eac3",  "ec3",   "fap",  "flac", "fsb",  "fwse",   "g722", "g723_1", "g729", "genh", "gsm",
    "hca",   "hcom",  "iff",   "ircam", "isma", "kvag", "latm", "lbc",    "loas", "m2a",    "m4a",  "m4b",  "m4p",
    "m4r",   "mka",   "mlp",   "mmf",   "mp+",  "mp1",  "mp2",  "mp3",    "mpa",  "mpc",    "mpga", "mpp",  "msbc",
    "msf",   "mtaf",  "musx",  "nist",  "nsp",  "oga",  "ogg",  "oma",    "omg",  "opus",   "paf",  "pvf",  "qcp",
    "ra",    "rco",   "rf64",  "rsd",   "rso",  "sb",   "sbc",  "scd",    "sds",  "sdx",    "sf",   "shn",  "sln",
    "snd",   "son",   "sox",   "spdif", "sph",  "spx",  "ss2",  "svag",   "sw",   "tak",    "tco",  "thd",  "tta",
    "ub",    "ul",    "uw",    "vag",   "voc",  "vqe",  "vqf",  "vql",    "w64",  "wav",    "wave", "weba", "wma",
    "wsd",   "wv",    "wve",   "xa",    "xvag", "xwma"};

// Music as a program for a synthesizer: modules of trackers, and of the sound chips of games.
constexpr std::array<std::string_view, 50> score_endings{
    "amf",  "ams",  "ay",  "dbm", "digi", "dmf", "dsm",  "dtm",   "far", "gbs", "gdm",  "gym",  "hes",
    "imf",  "it",   "j2b", "kss", "m15",  "mdl", "med",  "mmcmp", "mo3", "mod", "mptm", "mt2",  "mtm",
    "nsf",  "nsfe", "nst", "okt", "plm",  "psm", "pt36", "ptm",   "s3m", "sap", "sfx",  "sfx2", "spc",
    "st26", "stk",  "stm", "stp", "ult",  "umx", "vgm",  "vgz",   "wow", "xm",  "xpk"};

// Containers of video, which may hold audio.
constexpr std::array<std::string_view, 53> film_endings{
    "3g2",  "3gp",  "3gpp", "3gpp2", "asf", "avi", "dif",  "divx", "dv",  "dvr-ms", "evo", "f4a",    "f4v", "flv",
    "gxf",  "ism",  "ismv", "ivr",   "kux", "m2t", "m2ts", "m4v",  "mj2", "mk3d",   "mkv", "moflex", "mov", "mp4",
    "mpe",  "mpeg", "mpg",  "mts",   "mxf", "nsv", "nut",  "ogm",  "ogv", "ogx",    "psp", "pva",    "qt",  "rm",
    "rmvb", "tod",  "ts",   "ty",    "ty+", "viv", "vob",  "webm", "wm",  "wmv",    "wtv"};

bool contains(std::span<const std::string_view> endings, const std::string& ending) {
    return std::ranges::binary_search(endings, ending);
}

// In lower case and without the dot; empty for none.
std::string ending_of(const std::filesystem::path& path) {
    std::string ending = path.extension().string();
    if (!ending.empty()) ending.erase(0, 1);
    std::ranges::transform(ending, ending.begin(),
                           [](char letter) { return 'A' <= letter && letter <= 'Z' ? letter - 'A' + 'a' : letter; });
    return ending;
}

}  // namespace

bool has_audio_ending(const std::filesystem::path& path) {
    const std::string ending = ending_of(path);
    return contains(sound_endings, ending) || contains(score_endings, ending) || contains(film_endings, ending);
}

bool has_video_ending(const std::filesystem::path& path) { return contains(film_endings, ending_of(path)); }

}  // namespace earmark
