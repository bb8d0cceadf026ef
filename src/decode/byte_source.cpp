#include "decode/byte_source.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include "earmark/error.h"

namespace earmark::decode {
namespace {

class FileSource final : public ByteSource {
public:
    FileSource(int descriptor, std::int64_t size_bytes) : descriptor_(descriptor), size_bytes_(size_bytes) {}
    FileSource(const FileSource&) = delete;
    FileSource& operator=(const FileSource&) = delete;
    ~FileSource() override { ::close(descriptor_); }

    std::ptrdiff_t read(std::span<std::byte> buffer) noexcept override {
        for (;;) {
            const ssize_t count = ::read(descriptor_, buffer.data(), buffer.size());
            if (count >= 0) return count;
            if (errno != EINTR) return -errno;
        }
    }

    bool seek(std::int64_t offset_bytes) noexcept override { return ::lseek(descriptor_, offset_bytes, SEEK_SET) >= 0; }

    std::optional<std::int64_t> size_bytes() const noexcept override { return size_bytes_; }

private:
    int descriptor_;
    std::int64_t size_bytes_;
};

/// A pipe that was opened without waiting for its writer.
class PipeSource final : public ByteSource {
public:
    PipeSource(int descriptor, std::stop_token stop) : descriptor_(descriptor), stop_(std::move(stop)) {}
    PipeSource(const PipeSource&) = delete;
    PipeSource& operator=(const PipeSource&) = delete;
    ~PipeSource() override { ::close(descriptor_); }

    std::ptrdiff_t read(std::span<std::byte> buffer) noexcept override {
        while (!stop_.stop_requested()) {
            constexpr int look_every_ms = 50;
            pollfd waited{descriptor_, POLLIN, 0};
            if (::poll(&waited, 1, look_every_ms) <= 0) continue;
            const ssize_t count = ::read(descriptor_, buffer.data(), buffer.size());
            if (count >= 0) return count;
            if (errno != EINTR && errno != EAGAIN) return -errno;
        }
        return -ECANCELED;
    }

    bool seek(std::int64_t) noexcept override { return false; }
    std::optional<std::int64_t> size_bytes() const noexcept override { return std::nullopt; }

private:
    int descriptor_;
    std::stop_token stop_;
};

class MemorySource final : public ByteSource {
public:
    explicit MemorySource(std::span<const std::byte> bytes) : bytes_(bytes) {}

    std::ptrdiff_t read(std::span<std::byte> buffer) noexcept override {
        const std::size_t count = std::min(buffer.size(), bytes_.size() - position_);
        std::copy_n(bytes_.begin() + position_, count, buffer.begin());
        position_ += count;
        return static_cast<std::ptrdiff_t>(count);
    }

    bool seek(std::int64_t offset_bytes) noexcept override {
        if (offset_bytes < 0) return false;
        position_ = std::min(static_cast<std::size_t>(offset_bytes), bytes_.size());
        return true;
    }

    std::optional<std::int64_t> size_bytes() const noexcept override {
        return static_cast<std::int64_t>(bytes_.size());
    }

private:
    std::span<const std::byte> bytes_;
    std::size_t position_ = 0;
};

[[noreturn]] void throw_open_error(const std::filesystem::path& path, int error) {
    if (error == ENOENT || error == ENOTDIR) throw Error(ErrorCode::not_found, path.string() + ": no such file");
    throw Error(ErrorCode::unreadable, path.string() + ": cannot be read: " + std::generic_category().message(error));
}

}  // namespace

std::unique_ptr<ByteSource> open_file(const std::filesystem::path& path, const std::stop_token& stop) {
    // Without O_NONBLOCK, a pipe that nobody writes to would be waited for here, whatever the user does.
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) throw_open_error(path, errno);
    struct stat status {};
    const bool known = ::fstat(descriptor, &status) == 0;
    if (known && S_ISREG(status.st_mode)) return std::make_unique<FileSource>(descriptor, status.st_size);
    auto pipe = std::make_unique<PipeSource>(descriptor, stop);
    if (known && S_ISDIR(status.st_mode)) {
        throw Error(ErrorCode::unreadable, path.string() + ": is a folder; expected an audio file");
    }
    // Devices would never end.
    if (!known || !(S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode))) {
        throw Error(ErrorCode::unreadable, path.string() + ": is neither a file nor a pipe");
    }
    return pipe;
}

std::unique_ptr<ByteSource> open_memory(std::span<const std::byte> bytes) {
    return std::make_unique<MemorySource>(bytes);
}

}  // namespace earmark::decode
