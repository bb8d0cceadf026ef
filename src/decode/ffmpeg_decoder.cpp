#include "decode/ffmpeg_decoder.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "decode/downmix.h"
#include "decode/metadata_packet.h"
#include "decode/shortfall.h"
#include "earmark/error.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

namespace earmark::decode {
namespace {

// Beyond these no music was ever stored (DSD512 decodes at 2.8 MHz, third-order ambisonics has 16 channels), and
// memory would no longer be bounded.
constexpr int least_rate_hz = 1000;
constexpr int greatest_rate_hz = 3'000'000;
constexpr int most_channels = 64;
constexpr int most_frame_samples = 1 << 21;

// The encoder's padding, which some formats count; and how much of a file may be missing by its size.
constexpr double padding_s = 0.1;
constexpr double missing_tolerance = 0.01;

// Durations that a container got wrong are hours long.
constexpr double greatest_packet_s = 60.0;

// A hole of some minutes is passed over; a file of nothing but damage is given up.
constexpr int most_damaged_in_a_row = 20'000;

std::string damaged_packets(int count) {
    if (count == 1) return "1 damaged packet was left out";
    return std::to_string(count) + " damaged packets were left out";
}

bool is_sane(const AVFrame& frame) {
    return frame.sample_rate >= least_rate_hz && frame.sample_rate <= greatest_rate_hz &&
           frame.ch_layout.nb_channels >= 1 && frame.ch_layout.nb_channels <= most_channels;
}

// Of FLAC. In Ogg, another stream with larger blocks may follow, and the decoder keeps the first one's STREAMINFO
// (RFC 9639, 8.2), whose bytes 2 and 3 are the greatest block size.
void allow_any_block_size(AVCodecContext& codec) {
    constexpr int streaminfo_bytes = 34;
    if (codec.codec_id != AV_CODEC_ID_FLAC || codec.extradata_size < streaminfo_bytes) return;
    codec.extradata[2] = 0xff;
    codec.extradata[3] = 0xff;
}

}  // namespace

FfmpegDecoder::FfmpegDecoder(std::unique_ptr<ByteSource> source, const std::string& name)
    : demuxer_(std::move(source), name), packet_(own(av_packet_alloc())), frame_(own(av_frame_alloc())) {
    open_codec(name);
}

void FfmpegDecoder::open_codec(const std::string& name) {
    const AVStream& stream = demuxer_.stream();
    const AVCodec* codec = avcodec_find_decoder(stream.codecpar->codec_id);
    if (codec == nullptr) {
        throw Error(ErrorCode::not_audio, name + ": FFmpeg has no decoder for its audio, of the format " +
                                              avcodec_get_name(stream.codecpar->codec_id));
    }
    codec_ = own(avcodec_alloc_context3(codec));
    codec_->thread_count = 1;
    codec_->pkt_timebase = stream.time_base;
    codec_->max_samples = most_frame_samples;
    // Damage is reported in the warning; this leaves the level of the process alone and keeps the codec quiet.
    codec_->log_level_offset = AV_LOG_TRACE;
    const bool is_ready = avcodec_parameters_to_context(codec_.get(), stream.codecpar) >= 0;
    allow_any_block_size(*codec_);
    if (!is_ready || avcodec_open2(codec_.get(), codec, nullptr) < 0) {
        throw Error(ErrorCode::damaged_audio,
                    name + ": damaged: its audio, of the format " + codec->name + ", cannot be decoded");
    }
}

int FfmpegDecoder::declared_rate_hz() const noexcept { return demuxer_.stream().codecpar->sample_rate; }

Block FfmpegDecoder::next() {
    if (std::exchange(frame_waits_, false)) {
        if (const Block block = mix(); !block.samples.empty()) return block;
    }
    while (!finished_) {
        const int status = avcodec_receive_frame(codec_.get(), frame_.get());
        if (status == AVERROR(EAGAIN) && !draining_) {
            feed();
        } else if (status < 0) {
            if (status != AVERROR_EOF && status != AVERROR(EAGAIN)) count_damaged();
            finished_ = finished_ || draining_;
        } else if (const Block block = take_frame(); !block.samples.empty()) {
            return block;
        }
    }
    return rest_of_mix();
}

void FfmpegDecoder::feed() {
    draining_ = !demuxer_.read(*packet_);
    if (!draining_) count_packet();
    const int status = avcodec_send_packet(codec_.get(), draining_ ? nullptr : packet_.get());
    av_packet_unref(packet_.get());
    if (status < 0 && status != AVERROR_EOF) count_damaged();
}

void FfmpegDecoder::count_packet() {
    ++packet_count_;
    metadata_ = is_metadata(*packet_, codec_->codec_id == AV_CODEC_ID_FLAC);
    const double duration_s = static_cast<double>(packet_->duration) * av_q2d(demuxer_.stream().time_base);
    if (duration_s < greatest_packet_s) packets_s_ += duration_s;
}

void FfmpegDecoder::count_damaged() {
    if (!metadata_) (is_past_declared_end() ? damage_past_end_ : damage_).add();
    finished_ = ++damaged_in_a_row_ >= most_damaged_in_a_row;
}

Block FfmpegDecoder::take_frame() {
    if (!is_sane(*frame_)) {
        count_damaged();
        return {};
    }
    if (!draining_) {  // else the frame is older than the last packets
        damaged_in_a_row_ = 0;
        damage_.count_at_end = damage_past_end_.count_at_end = 0;
    }
    ++frame_count_;
    hidden_codec_.add(*frame_);
    finished_ = finished_ || hidden_codec_.is_found();
    note_position(static_cast<double>(frame_->nb_samples) / frame_->sample_rate);
    const bool is_same = frame_->ch_layout.nb_channels == mixed_channel_count_ && frame_->sample_rate == mixed_rate_hz_;
    if (is_same) return mix();
    const Block rest = rest_of_mix();
    mixed_channel_count_ = frame_->ch_layout.nb_channels;
    mixed_rate_hz_ = frame_->sample_rate;
    channel_mix_.start(static_cast<std::size_t>(mixed_channel_count_), channel_rule_ == ChannelRule::all);
    if (rest.samples.empty()) return mix();
    frame_waits_ = true;
    return rest;
}

// The fast way, as soon as the mix is that of all channels.
Block FfmpegDecoder::mix() {
    if (channel_mix_.is_mean()) return {downmix(*frame_, mono_), mixed_rate_hz_};
    mono_.clear();
    channel_mix_.add(interleave(*frame_, interleaved_),
                     [this](std::span<const float> mono) { mono_.insert(mono_.end(), mono.begin(), mono.end()); });
    return {mono_, mixed_rate_hz_};
}

// Once for each format, and at the end.
Block FfmpegDecoder::rest_of_mix() {
    if (mixed_channel_count_ == 0) return {};
    mono_.clear();
    channel_mix_.finish([this](std::span<const float> mono) { mono_.insert(mono_.end(), mono.begin(), mono.end()); });
    channels_cancel_ = channels_cancel_ || channel_mix_.channels_cancel();
    mixed_channel_count_ = 0;
    return {mono_, mixed_rate_hz_};
}

void FfmpegDecoder::note_position(double duration_s) {
    decoded_s_ += duration_s;
    if (frame_->best_effort_timestamp == AV_NOPTS_VALUE) return;
    const double start_s = static_cast<double>(frame_->best_effort_timestamp) * av_q2d(demuxer_.stream().time_base);
    position_s_ = std::max(position_s_, start_s + duration_s);
    const std::optional<double> limit_s = demuxer_.play_limit_s();
    finished_ = finished_ || (limit_s && position_s_ >= *limit_s);
}

// Pauses that a container leaves out shorten what is decoded, and not the time stamps.
double FfmpegDecoder::reached_s() const noexcept { return std::max(decoded_s_, position_s_); }

bool FfmpegDecoder::is_past_declared_end() const noexcept {
    const auto declared_s = demuxer_.declared_duration_s();
    return declared_s && reached_s() >= *declared_s - padding_s;
}

bool FfmpegDecoder::ends_early() const noexcept {
    return decode::ends_early(reached_s(), demuxer_.declared_duration_s().value_or(0.0));
}

std::string FfmpegDecoder::shortfall() const {
    if (hidden_codec_.is_found()) {
        const std::string name = hidden_codec_.name();
        return "its samples are " + name + " under the name of " + codec_->codec->name + "; expected music, or " +
               name + " in a file of its own";
    }
    std::string text = decode::shortfall({.decoded_s = decoded_s_,
                                          .declared_s = demuxer_.declared_duration_s().value_or(0.0),
                                          .packets_s = packets_s_,
                                          .packet_count = packet_count_,
                                          .frame_count = frame_count_});
    if (text.empty() || damage_.count == 0) return text;
    return text + " (" + damaged_packets(damage_.count) + ")";
}

/// How the file falls short of what it declares, or empty.
std::string FfmpegDecoder::ending() const {
    if (ends_early()) return "ends early: " + seconds(decoded_s_) + " of " + seconds(*demuxer_.declared_duration_s());
    if (demuxer_.missing_ratio() > missing_tolerance) {
        const auto percent = static_cast<int>(std::lround(100.0 * demuxer_.missing_ratio()));
        return "ends early: " + seconds(decoded_s_) + ", and " + std::to_string(percent) + " % of the file is missing";
    }
    return "";
}

/// Damage at the very end of a file that was cut is the cut. What comes after the last frame of a whole one is no
/// damage at all: it comes after the declared end, and no audio comes after it, as it would where another file was
/// appended. Where no end is declared, a few packets at the end may be that.
int FfmpegDecoder::damaged_count(bool is_cut) const noexcept {
    const bool is_joined = decode::ends_early(demuxer_.declared_duration_s().value_or(decoded_s_), decoded_s_);
    Damage damage = damage_;
    if (is_joined)
        damage = {damage.count + damage_past_end_.count, damage.count_at_end + damage_past_end_.count_at_end};
    const bool is_few = damage.count_at_end <= std::max<std::int64_t>(1, packet_count_ / 100);
    return is_cut || is_few ? damage.count - damage.count_at_end : damage.count;
}

std::string FfmpegDecoder::warning() const {
    std::string text = ending();
    const OggEnd ogg_end = text.empty() ? demuxer_.ogg_end() : OggEnd::unknown;
    if (ogg_end == OggEnd::cut) text = "ends early: after " + seconds(decoded_s_) + ", within a page of the Ogg file";
    const bool is_cut = !text.empty();

    std::string failure = demuxer_.failure();
    const bool is_whole = ogg_end == OggEnd::whole || (!is_cut && is_past_declared_end());
    if (failure.empty() && demuxer_.ends_in_junk() && !is_whole) failure = "the file is damaged";
    if (!failure.empty()) text += (text.empty() ? "ends after " + seconds(decoded_s_) : "") + ": " + failure;

    const int damaged = damaged_count(is_cut);
    if (const auto stated_s = demuxer_.wrongly_stated_s()) {
        text += (text.empty() ? "" : "; ") +
                ("the header is wrong: it states " + seconds(*stated_s) + " of " + seconds(decoded_s_));
    }
    if (damaged > 0) text += (text.empty() ? "" : "; ") + damaged_packets(damaged);
    return text;
}

}  // namespace earmark::decode
