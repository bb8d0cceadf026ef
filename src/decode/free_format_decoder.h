#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "channels/channel_mix.h"
#include "decode/byte_source.h"
#include "decode/decoder.h"
#include "decode/free_format.h"

struct mpg123_handle_struct;

namespace earmark::decode {

/// MPEG audio of free format, by libmpg123.
class FreeFormatDecoder final : public Decoder {
public:
    FreeFormatDecoder(std::unique_ptr<ByteSource> source, const FreeFormat& format);

    int declared_rate_hz() const noexcept override { return format_.sample_rate_hz; }
    std::optional<double> declared_duration_s() const noexcept override { return format_.declared_duration_s; }
    void set_channel_rule(ChannelRule rule) override { channel_rule_ = rule; }
    bool channels_cancel() const noexcept override { return channels_canceled_ || channel_mix_.channels_cancel(); }
    Block next() override;
    std::string warning() const override;
    std::string shortfall() const override;

private:
    struct Deleter {
        void operator()(mpg123_handle_struct* handle) const noexcept;
    };

    Block decode();
    void start_format();
    void finish_mix();
    void add(std::span<const float> interleaved);
    std::size_t read_input();

    std::unique_ptr<ByteSource> source_;
    FreeFormat format_;
    std::unique_ptr<mpg123_handle_struct, Deleter> handle_;
    std::vector<std::byte> input_;
    std::vector<float> output_;  ///< interleaved
    std::vector<float> mono_;
    ChannelRule channel_rule_ = ChannelRule::all;
    ChannelMix channel_mix_;
    bool channels_canceled_ = false;  ///< of an earlier format
    std::size_t channel_count_ = 0;
    int sample_rate_hz_ = 0;
    double decoded_s_ = 0.0;
    bool ended_ = false;
    std::string failure_;
};

}  // namespace earmark::decode
