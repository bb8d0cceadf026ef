#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "channels/channel_mix.h"
#include "decode/byte_source.h"
#include "decode/decoder.h"
#include "decode/demuxer.h"
#include "decode/ffmpeg_pointers.h"
#include "decode/hidden_codec.h"

namespace earmark::decode {

/// Packets that could not be decoded.
struct Damage {
    int count = 0;
    int count_at_end = 0;  ///< after the last frame so far

    void add() noexcept { ++count, ++count_at_end; }
};

/// What libavformat and libavcodec make of a file, frame by frame.
class FfmpegDecoder final : public Decoder {
public:
    /// Throws Error (unreadable, not_audio, damaged_audio) that starts with `name`.
    FfmpegDecoder(std::unique_ptr<ByteSource> source, const std::string& name);

    int declared_rate_hz() const noexcept override;
    std::optional<double> declared_duration_s() const noexcept override { return demuxer_.declared_duration_s(); }
    std::string track() const override { return demuxer_.track(); }
    void set_channel_rule(ChannelRule rule) override { channel_rule_ = rule; }
    bool channels_cancel() const noexcept override { return channels_cancel_; }
    Block next() override;
    std::string warning() const override;
    std::string shortfall() const override;

private:
    void open_codec(const std::string& name);
    void feed();
    void count_packet();
    void count_damaged();
    Block take_frame();
    Block mix();
    Block rest_of_mix();
    void note_position(double duration_s);
    double reached_s() const noexcept;
    bool is_past_declared_end() const noexcept;
    bool ends_early() const noexcept;
    std::string ending() const;
    int damaged_count(bool is_cut) const noexcept;

    Demuxer demuxer_;
    FfmpegPointer<AVCodecContext> codec_;
    FfmpegPointer<AVPacket> packet_;
    FfmpegPointer<AVFrame> frame_;
    HiddenCodec hidden_codec_;
    ChannelRule channel_rule_ = ChannelRule::all;
    ChannelMix channel_mix_;  ///< of the format below
    int mixed_channel_count_ = 0;
    int mixed_rate_hz_ = 0;
    bool frame_waits_ = false;  ///< frame_ is of another format, and the rest of the mix came first
    bool channels_cancel_ = false;
    std::vector<float> interleaved_;
    std::vector<float> mono_;
    bool draining_ = false;
    bool metadata_ = false;  ///< the last packet is nothing else
    bool finished_ = false;
    Damage damage_;           ///< up to the declared end
    Damage damage_past_end_;  ///< behind it: junk, or another file
    int damaged_in_a_row_ = 0;
    double decoded_s_ = 0.0;
    std::int64_t packet_count_ = 0;
    std::int64_t frame_count_ = 0;
    double packets_s_ = 0.0;   ///< what the packets hold, by their own durations
    double position_s_ = 0.0;  ///< by the file's time stamps
};

}  // namespace earmark::decode
