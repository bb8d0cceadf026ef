#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <string>

#include "decode/byte_source.h"
#include "decode/ffmpeg_pointers.h"

namespace earmark::decode {

/// A ByteSource as FFmpeg reads it. Stays where it is in memory, because FFmpeg holds its address.
class InputStream {
public:
    explicit InputStream(std::unique_ptr<ByteSource> source);
    InputStream(const InputStream&) = delete;
    InputStream& operator=(const InputStream&) = delete;

    AVIOContext* context() noexcept { return context_.get(); }

    /// No byte has come, and the end was reached.
    bool empty() const noexcept { return ended_ && bytes_read_ == 0; }

    /// How many bytes may be read from now on, until this is called again; then reading ends, as at the end of the
    /// file.
    void allow_bytes(std::int64_t count) noexcept { allowed_bytes_ = count; }
    static constexpr std::int64_t unlimited_bytes = std::numeric_limits<std::int64_t>::max();

    /// More than the allowed bytes were asked for.
    bool is_limit_reached() const noexcept { return is_limit_reached_; }

    /// The errno that ended reading, or 0.
    int read_error() const noexcept { return read_error_; }

private:
    static int read_packet(void* self, std::uint8_t* buffer, int size_bytes) noexcept;
    static std::int64_t seek(void* self, std::int64_t offset_bytes, int whence) noexcept;
    int read(std::span<std::byte> buffer) noexcept;

    std::unique_ptr<ByteSource> source_;
    std::int64_t budget_bytes_;
    std::int64_t allowed_bytes_ = unlimited_bytes;
    bool is_limit_reached_ = false;
    std::int64_t bytes_read_ = 0;
    bool ended_ = false;
    int read_error_ = 0;
    FfmpegPointer<AVIOContext> context_;
};

}  // namespace earmark::decode
