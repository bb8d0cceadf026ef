#include "decode/input_stream.h"

#include <algorithm>
#include <cstdio>
#include <utility>

extern "C" {
#include <libavformat/avio.h>
#include <libavutil/mem.h>
}

namespace earmark::decode {
namespace {

constexpr int buffer_size_bytes = 32768;

// A damaged file can send a demuxer back and forth for ever. No sound file is read 64 times over; a call that gives
// hardly anything counts as least_bytes, so that reading at the end is bounded as well.
constexpr std::int64_t budget_floor_bytes = std::int64_t{64} << 20;
constexpr std::int64_t budget_readings = 64;
constexpr std::int64_t least_bytes = 1024;

std::int64_t budget_bytes(const ByteSource& source) {
    constexpr std::int64_t unlimited = std::numeric_limits<std::int64_t>::max();
    const std::int64_t size_bytes = source.size_bytes().value_or(unlimited);
    if (size_bytes > (unlimited - budget_floor_bytes) / budget_readings) return unlimited;
    return budget_floor_bytes + budget_readings * size_bytes;
}

}  // namespace

InputStream::InputStream(std::unique_ptr<ByteSource> source)
    : source_(std::move(source)), budget_bytes_(budget_bytes(*source_)) {
    auto* buffer = static_cast<unsigned char*>(av_malloc(buffer_size_bytes));
    AVIOContext* context = buffer == nullptr
                               ? nullptr
                               : avio_alloc_context(buffer, buffer_size_bytes, 0, this, &InputStream::read_packet,
                                                    nullptr, &InputStream::seek);
    if (context == nullptr) av_free(buffer);
    context_ = own(context);
    context_->seekable = source_->size_bytes() ? AVIO_SEEKABLE_NORMAL : 0;
}

int InputStream::read_packet(void* self, std::uint8_t* buffer, int size_bytes) noexcept {
    return static_cast<InputStream*>(self)->read(
        {reinterpret_cast<std::byte*>(buffer), static_cast<std::size_t>(size_bytes)});
}

int InputStream::read(std::span<std::byte> buffer) noexcept {
    if (budget_bytes_ <= 0) return AVERROR_EOF;
    is_limit_reached_ = is_limit_reached_ || allowed_bytes_ <= 0;
    if (is_limit_reached_) return AVERROR_EOF;
    const std::ptrdiff_t count = source_->read(buffer);
    budget_bytes_ -= std::max<std::int64_t>(count, least_bytes);
    allowed_bytes_ -= std::max<std::int64_t>(count, least_bytes);
    if (count < 0) {
        read_error_ = static_cast<int>(-count);
        return AVERROR(read_error_);
    }
    bytes_read_ += count;
    if (count == 0) ended_ = true;
    return count == 0 ? AVERROR_EOF : static_cast<int>(count);
}

std::int64_t InputStream::seek(void* self, std::int64_t offset_bytes, int whence) noexcept {
    auto& stream = *static_cast<InputStream*>(self);
    if ((whence & AVSEEK_SIZE) != 0) return stream.source_->size_bytes().value_or(AVERROR(ENOSYS));
    // libavformat works out every position itself and asks for nothing else.
    if ((whence & ~AVSEEK_FORCE) != SEEK_SET) return AVERROR(EINVAL);
    if (stream.budget_bytes_ <= 0 || !stream.source_->seek(offset_bytes)) return AVERROR(EIO);
    return offset_bytes;
}

}  // namespace earmark::decode
