#pragma once

#include <memory>
#include <string>

#include "decode/byte_source.h"

namespace earmark::decode {

/// A file as FFmpeg may see it: unpacked (gzip.h), without its tags (hidden_tags.h), and, where it is an MP4, with a
/// list of packets that such a file can hold. Throws Error (not_audio, damaged_audio) that starts with `name` when
/// reading it would take memory out of proportion to its size.
std::unique_ptr<ByteSource> prepare_source(std::unique_ptr<ByteSource> source, const std::string& name);

}  // namespace earmark::decode
