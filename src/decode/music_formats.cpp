#include "decode/music_formats.h"

#include <algorithm>
#include <array>
#include <string_view>

extern "C" {
#include <libavformat/avformat.h>
}

namespace earmark::decode {
namespace {

using namespace std::string_view_literals;

// By the first name of FFmpeg, in alphabetical order. A few are of newer releases (iamf, osq, qoa, usm, wady, xmd).
constexpr std::array names{
    "3dostr"sv, "aa"sv,      "aac"sv,       "aax"sv,        "ac3"sv,      "ac4"sv,   "ace"sv,        "acm"sv,
    "act"sv,    "adp"sv,     "ads"sv,       "adx"sv,        "aea"sv,      "afc"sv,   "aiff"sv,       "aix"sv,
    "alaw"sv,   "alp"sv,     "amr"sv,       "amrnb"sv,      "amrwb"sv,    "apac"sv,  "apc"sv,        "ape"sv,
    "apm"sv,    "aptx"sv,    "aptx_hd"sv,   "argo_asf"sv,   "asf"sv,      "asf_o"sv, "ast"sv,        "au"sv,
    "avi"sv,    "avr"sv,     "bfstm"sv,     "binka"sv,      "bit"sv,      "boa"sv,   "bonk"sv,       "brstm"sv,
    "caf"sv,    "codec2"sv,  "codec2raw"sv, "daud"sv,       "dcstr"sv,    "derf"sv,  "dfpwm"sv,      "dsf"sv,
    "dss"sv,    "dts"sv,     "dtshd"sv,     "dv"sv,         "ea_cdata"sv, "eac3"sv,  "epaf"sv,       "f32be"sv,
    "f32le"sv,  "f64be"sv,   "f64le"sv,     "flac"sv,       "flv"sv,      "fsb"sv,   "fwse"sv,       "g722"sv,
    "g723_1"sv, "g726"sv,    "g726le"sv,    "g729"sv,       "genh"sv,     "gsm"sv,   "gxf"sv,        "hca"sv,
    "hcom"sv,   "iamf"sv,    "iff"sv,       "ilbc"sv,       "ircam"sv,    "iss"sv,   "ivr"sv,        "kux"sv,
    "kvag"sv,   "laf"sv,     "libgme"sv,    "libopenmpt"sv, "live_flv"sv, "loas"sv,  "matroska"sv,   "mca"sv,
    "mlp"sv,    "mmf"sv,     "moflex"sv,    "mov"sv,        "mp3"sv,      "mpc"sv,   "mpc8"sv,       "mpeg"sv,
    "mpegts"sv, "msf"sv,     "mtaf"sv,      "mulaw"sv,      "musx"sv,     "mxf"sv,   "nistsphere"sv, "nsp"sv,
    "nsv"sv,    "nut"sv,     "ogg"sv,       "oma"sv,        "osq"sv,      "paf"sv,   "pmp"sv,        "pp_bnk"sv,
    "pva"sv,    "pvf"sv,     "qcp"sv,       "qoa"sv,        "redspark"sv, "rm"sv,    "rsd"sv,        "rso"sv,
    "s16be"sv,  "s16le"sv,   "s24be"sv,     "s24le"sv,      "s32be"sv,    "s32le"sv, "s337m"sv,      "s8"sv,
    "sbc"sv,    "scd"sv,     "sds"sv,       "sdx"sv,        "shn"sv,      "sln"sv,   "sol"sv,        "sox"sv,
    "spdif"sv,  "svag"sv,    "svs"sv,       "tak"sv,        "truehd"sv,   "tta"sv,   "ty"sv,         "u16be"sv,
    "u16le"sv,  "u24be"sv,   "u24le"sv,     "u32be"sv,      "u32le"sv,    "u8"sv,    "usm"sv,        "vag"sv,
    "vidc"sv,   "vividas"sv, "vivo"sv,      "voc"sv,        "vpk"sv,      "vqf"sv,   "w64"sv,        "wady"sv,
    "wav"sv,    "wsaud"sv,   "wsd"sv,       "wtv"sv,        "wv"sv,       "wve"sv,   "xa"sv,         "xmd"sv,
    "xvag"sv,   "xwma"sv};
static_assert(std::ranges::is_sorted(names));

}  // namespace

bool may_hold_music(const AVInputFormat& format) noexcept {
    const std::string_view name = format.name;
    return std::ranges::binary_search(names, name.substr(0, name.find(',')));
}

}  // namespace earmark::decode
