#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "decode/byte_source.h"
#include "decode/container_size.h"
#include "decode/ffmpeg_pointers.h"
#include "decode/input_stream.h"
#include "decode/ogg_end.h"

struct AVInputFormat;
struct AVStream;

namespace earmark::decode {

/// Of MP4: a file that its edits apply to has fewer packets.
enum class EditLists {
    applied,  ///< in files of less than 32 MB
    ignored,
};

/// A container file, and the packets of one audio stream (audio_track.h).
class Demuxer {
public:
    /// Messages start with `name`; its extension helps FFmpeg to guess the format. Throws Error
    /// (unreadable, not_audio, damaged_audio).
    Demuxer(std::unique_ptr<ByteSource> source, const std::string& name, EditLists edits = EditLists::applied);

    /// Its codec is final: libavformat guesses that of some streams from their packets, and has done so.
    const AVStream& stream() const noexcept { return *stream_; }

    /// AudioReader::track().
    std::string track() const;

    /// What the container states under a key, as FFmpeg names it, for all of it or for the audio stream; or empty.
    std::string stated(const char* key) const;

    /// How long the audio is according to the file, if the file declares it.
    std::optional<double> declared_duration_s() const noexcept { return declared_duration_s_; }

    /// Where to stop playing a program for a synthesizer, which may go round for ever: at its declared duration, and at
    /// the latest after an hour. Nothing for other formats.
    std::optional<double> play_limit_s() const noexcept;

    /// The next packet of the stream; false at the end, or where nothing more can be read.
    bool read(AVPacket& packet);

    /// What share of the file is missing according to its header, where that states its size in bytes and
    /// declared_duration_s does not show it.
    double missing_ratio() const noexcept;

    /// What the header states of a file that has more than twice as much.
    std::optional<double> wrongly_stated_s() const noexcept;

    /// After the end: whether the last page of an Ogg file is there; such a file declares no length.
    OggEnd ogg_end() const;

    /// After the end: what stopped reading before the file's own end (the disk, encryption), or empty.
    std::string failure() const;

    /// After the end: what followed was not of the format. Damage, unless all that was declared came before.
    bool ends_in_junk() const noexcept;

private:
    void open(const std::string& name, EditLists edits);
    void check_format(const AVInputFormat& format, const std::string& name) const;
    void select_stream(const std::string& name, int probe_score);
    void read_first_packet(const std::string& name);
    bool read_next(AVPacket& packet);
    std::unique_ptr<ByteSource> measure(std::unique_ptr<ByteSource> source);
    std::int64_t missing_bytes() const noexcept;
    bool has_steady_size() const noexcept;
    bool is_music_alone() const noexcept;
    bool streams_are_known() const noexcept;
    std::optional<double> find_declared_duration() const noexcept;
    std::optional<double> data_duration_s(std::int64_t size_bytes) const noexcept;
    [[noreturn]] void throw_not_audio(const std::string& name) const;

    ContainerSize size_;                     // these two are found before there is an input
    std::optional<double> pipe_duration_s_;  ///< of an MP3
    std::unique_ptr<InputStream> input_;
    FfmpegPointer<AVFormatContext> format_;
    AVStream* stream_ = nullptr;
    FfmpegPointer<AVPacket> first_packet_;  ///< until read() gives it; null where there is none
    std::optional<double> declared_duration_s_;
    bool is_cut_short_ = false;  ///< a module that would last for more than an hour
    int end_status_ = 0;
    bool encrypted_ = false;  ///< the packet that ended reading
};

}  // namespace earmark::decode
