#pragma once

struct AVPacket;

namespace earmark::decode {

/// The packet has no audio: a tag between files that were joined, or a header of the next stream in a chain of Ogg
/// streams. A decoder finds it damaged.
bool is_metadata(const AVPacket& packet, bool is_flac);

}  // namespace earmark::decode
