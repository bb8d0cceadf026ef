#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "metadata/byte_source.h"
#include "metadata/pieces.h"

namespace earmark::metadata {

/// A page of Ogg (https://www.rfc-editor.org/rfc/rfc3533 section 6).
struct OggPage {
    std::uint64_t offset = 0;
    int flags = 0;
    std::uint64_t granule_position = 0;
    std::uint64_t serial = 0;
    std::uint64_t number = 0;
    std::string lacing;  ///< a byte for each segment: its size
    std::uint64_t body_bytes = 0;

    std::uint64_t header_bytes() const noexcept { return 27 + lacing.size(); }
    std::uint64_t body_offset() const noexcept { return offset + header_bytes(); }
    std::uint64_t end() const noexcept { return body_offset() + body_bytes; }
    /// Whether its last packet goes on in the next page.
    bool is_unfinished() const noexcept { return !lacing.empty() && lacing.back() == '\xFF'; }

    /// With its checksum for this body.
    std::string header(std::string_view body) const;
};

constexpr int ogg_continued = 1;
constexpr int ogg_first = 2;
constexpr int ogg_last = 4;

/// The pages from the start on, up to where no further one begins.
std::vector<OggPage> read_ogg_pages(const ByteSource& source);

/// Packets that end where the last page ends, in as few pages as hold them, as libogg makes them: all complete, of a
/// header, at granule position 0.
std::string lace_packets(const std::vector<std::string>& packets, std::uint64_t serial, std::uint64_t first_number,
                         bool is_end_of_stream, std::uint64_t& page_count);

}  // namespace earmark::metadata
