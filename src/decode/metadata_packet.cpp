#include "decode/metadata_packet.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "decode/read_bytes.h"

extern "C" {
#include <libavcodec/packet.h>
}

namespace earmark::decode {
namespace {

using namespace std::string_view_literals;

constexpr std::array starts{"ID3"sv,
                            "TAG"sv,
                            "APETAGEX"sv,
                            "LYRICSBEGIN"sv,
                            "OpusHead"sv,
                            "OpusTags"sv,
                            "Speex   "sv,
                            "\x7f"
                            "FLAC"sv};

/// A type below 127 (the bit above it marks the last block), and the length of the rest.
bool is_flac_metadata_block(std::span<const std::byte> bytes) {
    constexpr std::byte type_bits{0x7f};
    return bytes.size() >= 4 && (bytes[0] & type_bits) != type_bits && big_endian(bytes, 1, 3) == bytes.size() - 4;
}

}  // namespace

bool is_metadata(const AVPacket& packet, bool is_flac) {
    const auto bytes = std::as_bytes(std::span(packet.data, static_cast<std::size_t>(std::max(packet.size, 0))));
    if (is_flac && is_flac_metadata_block(bytes)) return true;
    return std::any_of(starts.begin(), starts.end(), [&](std::string_view start) { return has_text(bytes, 0, start); });
}

}  // namespace earmark::decode
