#pragma once

#include <string>

struct AVFormatContext;
struct AVStream;

namespace earmark::decode {

/// The audio stream to read of a container: the first one that it marks as default, else the first one, and for those
/// who see and hear, where it distinguishes them. Streams that FFmpeg cannot decode, or of which nothing is known (a
/// channel that was not sent), come last. Null where there is no audio.
AVStream* find_audio_track(const AVFormatContext& format);

/// "audio track 2 of 3 was read (language: deu)", or empty where the container has one.
std::string describe_audio_track(const AVFormatContext& format, const AVStream& track);

bool is_audio(const AVStream& stream);

/// Its codec, sample rate and channels.
bool parameters_are_known(const AVStream& stream);

}  // namespace earmark::decode
