#pragma once

#include <string>

struct AVFormatContext;
struct AVPacket;
struct AVStream;

namespace earmark::decode {

/// What encrypts the audio of a stream, such as "FairPlay", as far as the header shows it; or empty.
std::string protection_of(const AVFormatContext& format, const AVStream& stream);

/// A packet that is encrypted by common encryption (ISO/IEC 23001-7, 'CENC').
bool is_encrypted(const AVPacket& packet);

}  // namespace earmark::decode
