#pragma once

#include <memory>

#include "metadata/layout.h"

namespace earmark::metadata {

// The layouts of read_layout(). Each takes a file that begins as its format does, and throws Damage where the rest
// cannot be understood.

/// An ID3v2 tag before the audio: MP3, AAC (ADTS), TTA. At the end there may be APEv2 and ID3v1.
std::unique_ptr<Layout> read_leading_id3(const ByteSource& source, std::string format);

/// FLAC, `offset` bytes after an ID3v2 tag that some programs put before it.
std::unique_ptr<Layout> read_flac(const ByteSource& source, std::uint64_t offset);

/// Vorbis, Opus, Speex and FLAC in Ogg.
std::unique_ptr<Layout> read_ogg(const ByteSource& source);

std::unique_ptr<Layout> read_mp4(const ByteSource& source);

/// An APEv2 tag after the audio: Monkey's Audio, WavPack, Musepack.
std::unique_ptr<Layout> read_trailing_ape(const ByteSource& source, std::string format);

std::unique_ptr<Layout> read_asf(const ByteSource& source);

/// WAV (RIFF, RF64, BW64) and AIFF: an ID3v2 tag in a chunk.
std::unique_ptr<Layout> read_riff(const ByteSource& source);

/// DSF: an ID3v2 tag after the audio, to which the header points.
std::unique_ptr<Layout> read_dsf(const ByteSource& source);

}  // namespace earmark::metadata
