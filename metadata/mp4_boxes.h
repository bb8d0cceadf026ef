#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "metadata/byte_source.h"
#include "metadata/fields.h"

namespace earmark::metadata {

/// A box of MP4 (ISO/IEC 14496-12).
struct Mp4Box {
    std::string path;  ///< "/moov/trak"
    std::string type;  ///< four bytes
    std::uint64_t offset = 0;
    std::uint64_t header_bytes = 8;
    std::uint64_t all_bytes = 0;
    std::uint64_t prefix_bytes = 0;  ///< between its header and its children
    std::vector<Mp4Box> children;
    Range suffix;  ///< after its children

    std::uint64_t size() const noexcept { return all_bytes; }
    std::uint64_t end() const noexcept { return offset + all_bytes; }
    std::uint64_t body() const noexcept { return offset + header_bytes; }
    std::uint64_t body_bytes() const noexcept { return all_bytes - header_bytes; }
};

/// The box that starts there, without children. Throws Damage when it ends after `end`.
Mp4Box read_mp4_box(const ByteSource& source, std::uint64_t offset, std::uint64_t end, const std::string& parent);

/// REQUIRES: a type of four bytes. Throws Damage when a body is too long for a size of 32 bits.
std::string mp4_box_header(const std::string& type, std::uint64_t body_bytes);
std::string mp4_box(const std::string& type, const std::string& body);

/// An entry of the list of fields.
struct Mp4Item {
    std::string name;   ///< "©gen", "----:com.apple.iTunes:MOOD"
    std::string bytes;  ///< the body of its box
    std::optional<TagField> meaning;
    Values values;  ///< where it has a meaning
};

/// What does not parse has no meaning.
Mp4Item parse_mp4_item(const std::string& type, std::string bytes);

/// Its box, with a box 'data' for each value; empty for no values.
std::string new_mp4_item(TagField field, const Values& values);

/// Of the body of a box 'stco' or 'co64'. Throws Damage.
std::vector<std::uint64_t> parse_mp4_offsets(const std::string& type, const std::string& body);

/// The same body with those offsets that are from `first` on `shift` bytes later, modulo 2^64. Throws Damage when one
/// does not fit any more.
std::string moved_mp4_offsets(const std::string& type, const std::string& body, std::uint64_t first,
                              std::uint64_t shift);

}  // namespace earmark::metadata
