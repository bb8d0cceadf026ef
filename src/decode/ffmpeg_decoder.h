#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "decode/byte_source.h"
#include "decode/demuxer.h"
#include "decode/ffmpeg_pointers.h"

namespace earmark::decode {

/// Some mono samples of one rate. Valid until the next call of the decoder.
struct Block {
    std::span<const float> samples;
    int sample_rate_hz = 0;
};

/// A file to mono samples at the rate in which they are stored, frame by frame.
class FfmpegDecoder {
public:
    /// Throws Error (unreadable, not_audio, damaged_audio) that starts with `name`.
    FfmpegDecoder(std::unique_ptr<ByteSource> source, const std::string& name);

    /// What the file declares; the samples may differ from it.
    int declared_rate_hz() const noexcept;

    /// What the file declares, if it does.
    std::optional<double> declared_duration_s() const noexcept { return demuxer_.declared_duration_s(); }

    /// The next samples; none at the end.
    Block next();

    /// After the end: AudioReader::warning().
    std::string warning() const;

private:
    void open_codec(const std::string& name);
    void feed();
    void count_damaged();
    Block mix();
    void note_position(double duration_s);
    bool ends_early() const noexcept;

    Demuxer demuxer_;
    FfmpegPointer<AVCodecContext> codec_;
    FfmpegPointer<AVPacket> packet_;
    FfmpegPointer<AVFrame> frame_;
    std::vector<float> mono_;
    bool draining_ = false;
    bool finished_ = false;
    int damaged_packet_count_ = 0;
    int damaged_in_a_row_ = 0;
    double decoded_s_ = 0.0;
    double position_s_ = 0.0;  ///< by the file's time stamps
};

}  // namespace earmark::decode
