#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>

#include "decode/byte_source.h"
#include "earmark/decode.h"

namespace earmark::decode {

/// Some mono samples of one rate. Valid until the next call of the decoder.
struct Block {
    std::span<const float> samples;
    int sample_rate_hz = 0;
};

/// A file to mono samples at the rate in which they are stored, block by block.
class Decoder {
public:
    virtual ~Decoder() = default;

    /// What the file declares; the samples may differ from it.
    virtual int declared_rate_hz() const noexcept = 0;

    /// What the file declares, if it does.
    virtual std::optional<double> declared_duration_s() const noexcept = 0;

    /// AudioReader::track().
    virtual std::string track() const { return ""; }

    /// AudioReaderOptions::channels. REQUIRES: nothing was decoded yet.
    virtual void set_channel_rule(ChannelRule rule) { (void)rule; }

    /// AudioReader::channels_cancel().
    virtual bool channels_cancel() const noexcept { return false; }

    /// The next samples; none at the end.
    virtual Block next() = 0;

    /// After the end: AudioReader::warning().
    virtual std::string warning() const = 0;

    /// After the end: why what was decoded is too little to be the audio of the file, or empty.
    virtual std::string shortfall() const = 0;
};

/// FFmpeg's decoder, or libmpg123's for what FFmpeg lacks. Throws Error (unreadable, not_audio, damaged_audio) that
/// starts with `name`; the extension of the latter helps FFmpeg to guess the format.
std::unique_ptr<Decoder> make_decoder(std::unique_ptr<ByteSource> source, const std::string& name);

}  // namespace earmark::decode
