#pragma once

struct AVIOContext;

namespace earmark::decode {

/// How an Ogg file ends, which has no length in its header.
enum class OggEnd {
    whole,    ///< its last page is whole; what follows, if anything, is not Ogg
    cut,      ///< the file ends within a page
    unknown,  ///< it cannot seek, or has no page near its end
};

/// Leaves the position of `input` anywhere.
OggEnd find_ogg_end(AVIOContext& input);

}  // namespace earmark::decode
