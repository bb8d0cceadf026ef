#pragma once

#include <memory>
#include <string>

#include "decode/byte_source.h"

namespace earmark::decode {

/// The source without its tags, covers and chapters, which nobody here reads and FFmpeg would: ten thousand comments
/// cost it minutes, and a compressed one of 300 kB takes 600 MB. ID3 at the start is passed over, and the names of
/// the parts that hold tags are replaced by those of padding: in FLAC, WAV, AIFF, DSDIFF, DSF, CAF, WMA and Matroska;
/// in Ogg the comments become none where there are many. (MP4: mp4_boxes.h.) Of a pipe, what is behind its first 16 MB
/// stays as it is. Throws Error (damaged_audio) that starts with `name` when there are millions of such parts.
std::unique_ptr<ByteSource> hide_tags(std::unique_ptr<ByteSource> source, const std::string& name);

/// The source without what makes reading its fields slow: pictures of FLAC, more than a thousand Vorbis comments in
/// FLAC or Ogg, ID3 with more than a thousand frames or compressed ones, more than a thousand tags of MP4 or ASF, more
/// than 16 edits of MP4, markers of ASF, lists of WAV and tags of Matroska of more than 64 kB, chapters and attachments
/// of Matroska. REQUIRES: a source that can seek. Throws as hide_tags does.
std::unique_ptr<ByteSource> hide_all_but_fields(std::unique_ptr<ByteSource> source, const std::string& name);

}  // namespace earmark::decode
