#include "metadata/file_state.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <span>

#include "base/content_digest.h"
#include "earmark/error.h"
#include "metadata/binary.h"

namespace earmark::metadata {
namespace {

FileState state_from(const struct stat& status) {
    constexpr std::int64_t ns_per_s = 1'000'000'000;
    FileState state;
    state.device = status.st_dev;
    state.inode = status.st_ino;
    state.link_count = status.st_nlink;
    state.size_bytes = static_cast<std::uint64_t>(status.st_size);
    state.modified_ns = status.st_mtim.tv_sec * ns_per_s + status.st_mtim.tv_nsec;
    state.mode = status.st_mode & 07777U;
    return state;
}

[[noreturn]] void fail(const std::filesystem::path& path) {
    const int error = errno;
    if (error == ENOENT || error == ENOTDIR) throw Error(ErrorCode::not_found, path.string() + ": no such file");
    throw Error(ErrorCode::unreadable, path.string() + ": cannot be read: " + std::strerror(error));
}

void add(ContentDigest& digest, std::string_view bytes) { digest.add(std::as_bytes(std::span(bytes))); }

void add_text(ContentDigest& digest, std::string_view text) {
    add(digest, as_little_endian(text.size(), 8));
    add(digest, text);
}

}  // namespace

FileState state_of(const FileSource& file) {
    struct stat status {};
    if (fstat(file.descriptor(), &status) != 0) fail(file.path());
    return state_from(status);
}

FileState state_of(const std::filesystem::path& path) {
    struct stat status {};
    if (stat(path.c_str(), &status) != 0) fail(path);
    return state_from(status);
}

std::string digest_of(const ByteSource& source) { return digest_of(source, {{0, source.size()}}); }

std::string digest_of(const ByteSource& source, const std::vector<Range>& parts) {
    constexpr std::uint64_t portion_bytes = 1 << 18;
    ContentDigest digest;
    for (const Range& part : parts) {
        for (std::uint64_t done = 0; done < part.length; done += portion_bytes)
            add(digest, source.read(part.offset + done, std::min(portion_bytes, part.length - done)));
    }
    return digest.text();
}

std::string digest_of(const FileFields& fields) {
    ContentDigest digest;
    add_text(digest, fields.format);
    for (const Field& field : fields.fields) {
        add_text(digest, field.name);
        add_text(digest, field.bytes);
    }
    for (const Range& part : fields.audio)
        add(digest, as_little_endian(part.offset, 8) + as_little_endian(part.length, 8));
    return digest.text();
}

}  // namespace earmark::metadata
