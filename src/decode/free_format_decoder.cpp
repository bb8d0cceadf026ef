#include "decode/free_format_decoder.h"

#include <mpg123.h>

#include <algorithm>
#include <new>
#include <system_error>
#include <utility>

#include "decode/shortfall.h"

namespace earmark::decode {
namespace {

constexpr std::size_t input_bytes = 32768;
constexpr std::size_t output_samples = 8192;

}  // namespace

void FreeFormatDecoder::Deleter::operator()(mpg123_handle_struct* handle) const noexcept { mpg123_delete(handle); }

FreeFormatDecoder::FreeFormatDecoder(std::unique_ptr<ByteSource> source, const FreeFormat& format)
    : source_(std::move(source)),
      format_(format),
      handle_(mpg123_new(nullptr, nullptr)),
      input_(input_bytes),
      output_(output_samples) {
    constexpr long flags = MPG123_QUIET | MPG123_FORCE_FLOAT | MPG123_SKIP_ID3V2;
    // Damage is passed over, however long it is.
    constexpr long to_the_end = -1;
    if (handle_ == nullptr || mpg123_param(handle_.get(), MPG123_ADD_FLAGS, flags, 0.0) != MPG123_OK ||
        mpg123_param(handle_.get(), MPG123_RESYNC_LIMIT, to_the_end, 0.0) != MPG123_OK ||
        mpg123_open_feed(handle_.get()) != MPG123_OK) {
        throw std::bad_alloc();
    }
}

Block FreeFormatDecoder::next() {
    while (!ended_) {
        if (const Block block = decode(); !block.samples.empty()) return block;
    }
    return {};
}

/// One step; may give nothing although there is more.
Block FreeFormatDecoder::decode() {
    mono_.clear();
    const int rate_hz = sample_rate_hz_;
    std::size_t size_bytes = 0;
    const int status = mpg123_read(handle_.get(), output_.data(), output_.size() * sizeof(float), &size_bytes);
    if (channel_count_ > 0) add(std::span<const float>(output_).first(size_bytes / sizeof(float)));
    if (status == MPG123_NEW_FORMAT) {
        finish_mix();
        start_format();
    } else if (status == MPG123_NEED_MORE) {
        const std::size_t count = read_input();
        ended_ = size_bytes == 0 && count == 0;
        mpg123_feed(handle_.get(), reinterpret_cast<const unsigned char*>(input_.data()), count);
    } else if (status != MPG123_OK) {
        ended_ = true;
        if (status != MPG123_DONE) failure_ = mpg123_strerror(handle_.get());
    }
    if (ended_) finish_mix();
    return {mono_, rate_hz};
}

void FreeFormatDecoder::start_format() {
    long rate_hz = 0;
    int channel_count = 0;
    if (mpg123_getformat(handle_.get(), &rate_hz, &channel_count, nullptr) != MPG123_OK) return;
    sample_rate_hz_ = static_cast<int>(rate_hz);
    channel_count_ = static_cast<std::size_t>(channel_count);
    channel_mix_.start(channel_count_, channel_rule_ == ChannelRule::all);
}

void FreeFormatDecoder::add(std::span<const float> interleaved) {
    const std::size_t frame_count = interleaved.size() / channel_count_;
    decoded_s_ += static_cast<double>(frame_count) / sample_rate_hz_;
    channel_mix_.add(interleaved,
                     [this](std::span<const float> mono) { mono_.insert(mono_.end(), mono.begin(), mono.end()); });
}

/// What the mix held back.
void FreeFormatDecoder::finish_mix() {
    if (channel_count_ == 0) return;
    channel_mix_.finish([this](std::span<const float> mono) { mono_.insert(mono_.end(), mono.begin(), mono.end()); });
    channels_canceled_ = channels_cancel();
}

std::size_t FreeFormatDecoder::read_input() {
    const std::ptrdiff_t count = source_->read(input_);
    if (count < 0) failure_ = std::generic_category().message(static_cast<int>(-count));
    return static_cast<std::size_t>(std::max<std::ptrdiff_t>(count, 0));
}

std::string FreeFormatDecoder::shortfall() const {
    return decode::shortfall({.decoded_s = decoded_s_, .declared_s = format_.declared_duration_s.value_or(0.0)});
}

std::string FreeFormatDecoder::warning() const {
    const double declared_s = format_.declared_duration_s.value_or(0.0);
    std::string text =
        ends_early(decoded_s_, declared_s) ? "ends early: " + seconds(decoded_s_) + " of " + seconds(declared_s) : "";
    if (failure_.empty()) return text;
    return text.empty() ? "ends after " + seconds(decoded_s_) + ": " + failure_ : text + ": " + failure_;
}

}  // namespace earmark::decode
