#include "metadata/new_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <string_view>

#include "earmark/error.h"

namespace earmark::metadata {
namespace {

constexpr std::string_view name_start = ".earmark-";
constexpr std::uint64_t portion_bytes = 1 << 20;

// Short, as the name of the file may have the greatest length already.
std::filesystem::path hidden_name(const std::filesystem::path& target) {
    static std::atomic<unsigned> count = 0;
    return target.parent_path() / (std::string(name_start) + std::to_string(getpid()) + "-" + std::to_string(count++) +
                                   target.extension().string());
}

bool is_dead(pid_t process) { return process == getpid() || (kill(process, 0) != 0 && errno == ESRCH); }

void sync_folder(const std::filesystem::path& folder) {
    const int descriptor = open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return;  // some file systems do not let folders be opened
    fsync(descriptor);
    close(descriptor);
}

// False with errno when not all of it could be written.
bool write_all(int descriptor, std::string_view bytes, std::uint64_t at) {
    while (!bytes.empty()) {
        const ssize_t count = pwrite(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(at));
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(count));
        at += static_cast<std::uint64_t>(count);
    }
    return true;
}

// Where the file system can, both files share the blocks. Returns how many bytes of the front are copied.
std::uint64_t share(int from, const Range& range, int to, std::uint64_t at) {
    std::uint64_t done = 0;
    auto source = static_cast<off_t>(range.offset);
    auto target = static_cast<off_t>(at);
    while (done < range.length) {
        const ssize_t count = copy_file_range(from, &source, to, &target, range.length - done, 0);
        if (count <= 0) break;
        done += static_cast<std::uint64_t>(count);
    }
    return done;
}

}  // namespace

NewFile::NewFile(const FileSource& original, const Pieces& pieces)
    : target_(original.path()), path_(hidden_name(original.path())) {
    descriptor_ = open(path_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor_ < 0) fail("cannot be written", errno);
    try {
        write(original, pieces);
        copy_attributes(original.descriptor());
        if (fsync(descriptor_) != 0) fail("cannot be written", errno);
    } catch (const Damage& damage) {
        close(descriptor_);
        unlink(path_.c_str());
        throw Error(ErrorCode::unreadable, target_.string() + ": cannot be read: " + damage.what());
    } catch (...) {
        close(descriptor_);
        unlink(path_.c_str());
        throw;
    }
}

NewFile::~NewFile() {
    close(descriptor_);
    if (!is_renamed_) unlink(path_.c_str());
}

void NewFile::write(const FileSource& original, const Pieces& pieces) const {
    std::uint64_t at = 0;
    for (const Piece& piece : pieces.all()) {
        if (!write_all(descriptor_, piece.literal, at)) fail("cannot be written", errno);
        at += piece.literal.size();
        std::uint64_t done = share(original.descriptor(), piece.copied, descriptor_, at);
        for (; done < piece.copied.length; done += std::min(portion_bytes, piece.copied.length - done)) {
            const std::string bytes =
                original.read(piece.copied.offset + done, std::min(portion_bytes, piece.copied.length - done));
            if (!write_all(descriptor_, bytes, at + done)) fail("cannot be written", errno);
        }
        at += piece.copied.length;
    }
}

void NewFile::copy_attributes(int from) const {
    struct stat status {};
    if (fstat(from, &status) != 0) fail("cannot be read", errno);
    struct stat now {};
    if (fstat(descriptor_, &now) != 0) fail("cannot be written", errno);
    const bool is_owned = now.st_uid == status.st_uid && now.st_gid == status.st_gid;
    if (!is_owned && fchown(descriptor_, status.st_uid, status.st_gid) != 0) fail("its owner cannot be kept", errno);
    if (fchmod(descriptor_, status.st_mode & 07777U) != 0) fail("its mode cannot be kept", errno);
    const ssize_t size = flistxattr(from, nullptr, 0);
    if (size <= 0) return;
    std::string names(static_cast<std::size_t>(size), '\0');
    const ssize_t got = flistxattr(from, names.data(), names.size());
    if (got < 0) fail("its attributes cannot be read", errno);
    names.resize(static_cast<std::size_t>(got));
    for (const char* name = names.c_str(); name < names.c_str() + names.size(); name += std::strlen(name) + 1) {
        // The system gives these to each file by itself.
        if (std::string_view(name).starts_with("security.") || std::string_view(name).starts_with("trusted.")) continue;
        std::string value(1 << 16, '\0');
        const ssize_t bytes = fgetxattr(from, name, value.data(), value.size());
        if (bytes < 0) fail(std::string("its attribute ") + name + " cannot be read", errno);
        if (fsetxattr(descriptor_, name, value.data(), static_cast<std::size_t>(bytes), 0) != 0)
            fail(std::string("its attribute ") + name + " cannot be kept", errno);
    }
}

void NewFile::set_modified_ns(int descriptor, std::int64_t modified_ns) const {
    constexpr std::int64_t ns_per_s = 1'000'000'000;
    std::int64_t seconds = modified_ns / ns_per_s;
    if (modified_ns % ns_per_s < 0) --seconds;
    const timespec times[2] = {{0, UTIME_OMIT}, {seconds, modified_ns - seconds * ns_per_s}};
    if (futimens(descriptor, times) != 0) fail("its time cannot be kept", errno);
}

void NewFile::check(const FileState& expected) const {
    if (state_of(target_) == expected) return;
    throw Error(ErrorCode::unwritable,
                target_.string() + ": was changed meanwhile by another program; it is left as it is");
}

void NewFile::replace(const FileState& expected) {
    check(expected);
    if (std::rename(path_.c_str(), target_.c_str()) != 0) fail("cannot be written", errno);
    is_renamed_ = true;
    sync_folder(target_.parent_path());
}

void NewFile::write_over(const FileState& expected, std::uint64_t start,
                         std::optional<std::int64_t> modified_ns) const {
    check(expected);
    const int target = open(target_.c_str(), O_WRONLY | O_CLOEXEC);
    if (target < 0) fail("cannot be written", errno);
    const FileSource source(path_);
    bool is_written = true;
    for (std::uint64_t at = start; is_written && at < source.size(); at += portion_bytes)
        is_written = write_all(target, source.read_at_most(at, portion_bytes), at);
    is_written = is_written && ftruncate(target, static_cast<off_t>(source.size())) == 0 && fsync(target) == 0;
    const int error = errno;
    if (is_written && modified_ns) set_modified_ns(target, *modified_ns);
    close(target);
    if (!is_written) fail("cannot be written to its end; --undo restores it", error);
}

void NewFile::fail(const std::string& what, int error) const {
    throw Error(ErrorCode::unwritable, target_.string() + ": " + what + ": " + std::strerror(error));
}

void remove_leftover_new_files(const std::filesystem::path& folder) {
    std::error_code error;
    for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        if (!name.starts_with(name_start)) continue;
        pid_t process = 0;
        const char* first = name.data() + name_start.size();
        const auto [last, failure] = std::from_chars(first, name.data() + name.size(), process);
        if (failure != std::errc() || last == name.data() + name.size() || *last != '-' || process <= 0) continue;
        if (is_dead(process)) unlink(entry->path().c_str());
    }
}

}  // namespace earmark::metadata
