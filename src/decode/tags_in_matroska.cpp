#include "decode/tags_in_matroska.h"

#include <algorithm>
#include <array>
#include <bit>

namespace earmark::decode {
namespace {

constexpr std::uint64_t segment_id = 0x18538067;
constexpr std::uint64_t tracks_id = 0x1654ae6b;
constexpr std::uint64_t cluster_id = 0x1f43b675;
constexpr std::uint64_t seek_head_id = 0x114d9b74;
constexpr std::uint64_t tags_id = 0x1254c367;
// Chapters, Attachments, Cues
constexpr std::array<std::uint64_t, 3> other_hidden_ids{0x1043a770, 0x1941a469, 0x1c53bb6b};
// FFmpeg compares each tag with all before it.
constexpr std::uint64_t most_tags_bytes = std::uint64_t{1} << 16;
// Segment, Tracks, TrackEntry and what is in it: ContentEncodings, ContentEncoding with ContentCompression,
// ContentEncryption and ContentEncAESSettings, Video with Colour, MasteringMetadata and Projection, Audio,
// TrackOperation with TrackCombinePlanes and TrackPlane, BlockAdditionMapping
constexpr std::array<std::uint64_t, 17> opened_elements{segment_id, tracks_id, 0xae, 0x6d80, 0x6240, 0x5034,
                                                        0x5035,     0x47e7,    0xe0, 0x55b0, 0x55d0, 0x7670,
                                                        0xe1,       0xe2,      0xe3, 0xe4,   0x41e4};

// Of which FFmpeg keeps each. A track of a film has about 60, and no film has 200 tracks.
constexpr int most_elements = 20'000;

bool is_one_of(const auto& elements, std::uint64_t id) { return std::ranges::find(elements, id) != elements.end(); }

struct Element {
    std::uint64_t id = 0;
    int id_bytes = 0;
    int header_bytes = 0;
    std::uint64_t size_bytes = 0;
    bool has_size = true;
};

// The leading zeros of an EBML number give its length (RFC 8794, section 4).
int length_of_number(std::uint8_t first) { return std::countl_zero(first) + 1; }

Element element_at(HeaderBytes& bytes, std::int64_t at) {
    Element element;
    element.id_bytes = length_of_number(bytes.byte(at));
    if (element.id_bytes > 4) return {};
    element.id = bytes.big_endian(at, element.id_bytes);
    const int size_length = length_of_number(bytes.byte(at + element.id_bytes));
    if (size_length > 8) return {};
    const std::uint64_t mask = (std::uint64_t{1} << (7 * size_length)) - 1;
    element.size_bytes = bytes.big_endian(at + element.id_bytes, size_length) & mask;
    element.has_size = element.size_bytes != mask;
    element.header_bytes = element.id_bytes + size_length;
    return element;
}

// The header of an element Void that takes exactly the same room: a number may have leading zeros.
std::vector<std::byte> void_header(const Element& element) {
    constexpr std::byte void_id{0xec};
    const int size_length = std::min(element.header_bytes - 1, 8);
    constexpr std::uint64_t greatest_size_bytes = (std::uint64_t{1} << 56) - 16;
    const std::uint64_t size_bytes = std::min(element.size_bytes, greatest_size_bytes) +
                                     static_cast<std::uint64_t>(element.header_bytes - 1 - size_length);
    const std::uint64_t number = size_bytes | std::uint64_t{1} << (7 * size_length);
    std::vector<std::byte> header{void_id};
    for (int i = size_length - 1; i >= 0; --i) header.push_back(static_cast<std::byte>(number >> (8 * i) & 0xff));
    return header;
}

bool is_hidden(const Element& element, Hidden hidden) {
    if (element.id == seek_head_id) return hidden == Hidden::all;
    if (element.id == tags_id) return hidden == Hidden::all || element.size_bytes > most_tags_bytes;
    return is_one_of(other_hidden_ids, element.id);
}

// Where FFmpeg goes on behind what is no element.
std::int64_t next_known(HeaderBytes& bytes, std::int64_t at) {
    constexpr std::array known{cluster_id, tracks_id, seek_head_id, tags_id};
    for (; at < bytes.size_bytes(); ++at) {
        if (bytes.byte(at) >> 4 != 1) continue;  // they all have four bytes
        const std::uint64_t id = bytes.big_endian(at, 4);
        if (is_one_of(known, id) || is_one_of(other_hidden_ids, id)) break;
    }
    return at;
}

}  // namespace

// FFmpeg also accepts elements without a size. Only Segment and Cluster may be so (RFC 9559).
void hide_in_matroska(HeaderBytes& bytes, Edit& edit, Hidden hidden) {
    std::int64_t at = edit.begin_bytes;
    for (int count = 0; at < bytes.size_bytes() && edit.may_go_on();) {
        const Element element = element_at(bytes, at);
        if (element.header_bytes == 0) {
            at = next_known(bytes, at + 1);
            continue;
        }
        const bool is_cluster = element.id == cluster_id;
        if (is_cluster && (hidden == Hidden::all || !element.has_size)) return;
        if (!is_cluster && ++count == most_elements) return edit.give_up();
        if (is_hidden(element, hidden)) {
            if (!element.has_size) return edit.give_up();
            edit.patches.push_back({at, void_header(element)});
        }
        at += element.header_bytes;
        if (is_one_of(opened_elements, element.id) || !element.has_size) continue;
        if (element.size_bytes >= static_cast<std::uint64_t>(bytes.size_bytes() - at)) return;
        at += static_cast<std::int64_t>(element.size_bytes);
    }
}

}  // namespace earmark::decode
