#pragma once

#include <cstdint>

#include "decode/edited_source.h"
#include "decode/header_bytes.h"

namespace earmark::decode {

/// What FFmpeg would keep in memory of an MP4 or QuickTime file, by its header.
struct Mp4Lists {
    std::uint64_t packet_count = 0;      ///< entries of the list of packets, over all tracks and fragments
    std::uint64_t fragment_count = 0;    ///< present or listed, once for each track
    std::uint64_t reference_count = 0;   ///< to other files, over all tracks
    bool is_too_large_unpacked = false;  ///< the header is compressed, and not one of at most 16 MB
};

/// Walks the boxes (ISO/IEC 14496-12); empty with other files. Tags that are many or large, and edits that are many
/// (FFmpeg repeats the packets that an edit repeats), become free space in `edit`; so do a description of codecs that
/// is large and, behind the first hundred, keys of encryption (FFmpeg copies all of them for each).
/// Hidden::what_is_slow leaves tags that are large and few.
Mp4Lists inspect_mp4(HeaderBytes& bytes, Edit& edit, Hidden hidden = Hidden::all);

}  // namespace earmark::decode
