#include "decode/protection.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

extern "C" {
#include <libavcodec/packet.h>
#include <libavformat/avformat.h>
}

namespace earmark::decode {
namespace {

struct SampleEntry {
    std::uint32_t code;
    const char* protection;
};

// Of MP4. libavformat takes 'enca' for what it encrypts where it can, and marks the packets.
constexpr std::array sample_entries{
    SampleEntry{MKTAG('d', 'r', 'm', 's'), "FairPlay"},
    SampleEntry{MKTAG('d', 'r', 'm', 'i'), "FairPlay"},
    SampleEntry{MKTAG('a', 'a', 'v', 'd'), "Audible"},
    SampleEntry{MKTAG('e', 'n', 'c', 'a'), "common encryption"},
};

bool has(const AVDictionary* metadata, const char* key) { return av_dict_get(metadata, key, nullptr, 0) != nullptr; }

}  // namespace

std::string protection_of(const AVFormatContext& format, const AVStream& stream) {
    const auto* const entry =
        std::find_if(sample_entries.begin(), sample_entries.end(),
                     [&](const SampleEntry& candidate) { return candidate.code == stream.codecpar->codec_tag; });
    if (entry != sample_entries.end()) return entry->protection;
    const std::string_view container = format.iformat->name;
    const bool asf = container == "asf";
    if (asf && (has(format.metadata, "ASF_Protection_Type") || has(format.metadata, "encryption"))) {
        return "Windows Media DRM";
    }
    return container == "matroska,webm" && has(stream.metadata, "enc_key_id") ? "WebM encryption" : "";
}

bool is_encrypted(const AVPacket& packet) {
    return av_packet_get_side_data(&packet, AV_PKT_DATA_ENCRYPTION_INFO, nullptr) != nullptr;
}

}  // namespace earmark::decode
