#include "metadata/byte_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "earmark/error.h"

namespace earmark::metadata {
namespace {

// No field is so large; what claims to be is damaged.
constexpr std::uint64_t most_bytes_at_once = std::uint64_t{256} << 20U;

[[noreturn]] void fail(const std::filesystem::path& path, int error) {
    const ErrorCode code = error == ENOENT || error == ENOTDIR ? ErrorCode::not_found : ErrorCode::unreadable;
    throw Error(code, path.string() + (code == ErrorCode::not_found
                                           ? ": no such file"
                                           : std::string(": cannot be read: ") + std::strerror(error)));
}

}  // namespace

std::string ByteSource::read(std::uint64_t offset, std::uint64_t count) const {
    if (offset > size_ || count > size_ - offset) throw Damage("it ends in the middle of its fields");
    if (count > most_bytes_at_once) throw Damage("it has a field of more than 256 MiB");
    std::string bytes(count, '\0');
    if (count > 0) read_into(offset, bytes.data(), bytes.size());
    return bytes;
}

std::string ByteSource::read_at_most(std::uint64_t offset, std::uint64_t count) const {
    return read(std::min(offset, size_), std::min(count, size_ - std::min(offset, size_)));
}

void MemorySource::read_into(std::uint64_t offset, char* bytes, std::size_t count) const {
    std::memcpy(bytes, bytes_.data() + offset, count);
}

FileSource::FileSource(const std::filesystem::path& path) : FileSource(path, open_file(path)) {}

FileSource::FileSource(std::filesystem::path path, const Opened& opened)
    : ByteSource(opened.size), path_(std::move(path)), descriptor_(opened.descriptor) {}

FileSource::~FileSource() { close(descriptor_); }

FileSource::Opened FileSource::open_file(const std::filesystem::path& path) {
    // A pipe must not make it wait.
    const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) fail(path, errno);
    struct stat status {};
    if (fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode))
        return {descriptor, static_cast<std::uint64_t>(status.st_size)};
    close(descriptor);
    throw Error(ErrorCode::unreadable, path.string() + ": is no regular file");
}

void FileSource::read_into(std::uint64_t offset, char* bytes, std::size_t count) const {
    while (count > 0) {
        const ssize_t got = pread(descriptor_, bytes, count, static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail(path_, errno);
        if (got == 0) throw Damage("it became shorter while it was read");
        bytes += got;
        offset += static_cast<std::uint64_t>(got);
        count -= static_cast<std::size_t>(got);
    }
}

}  // namespace earmark::metadata
