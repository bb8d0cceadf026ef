#include "base/write_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>

#include "earmark/error.h"

namespace earmark {
namespace {

// A name in the folder of the target that no other thread or process uses.
std::string temporary_name(const std::string& target) {
    static std::atomic<unsigned> count = 0;
    return target + "." + std::to_string(getpid()) + "." + std::to_string(count++) + ".tmp";
}

void sync_folder(const std::filesystem::path& folder) {
    const int descriptor = open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return;  // the file itself is safe; some file systems do not let folders be opened
    fsync(descriptor);
    close(descriptor);
}

}  // namespace

FileReplacement::FileReplacement(const std::filesystem::path& path)
    : target_(path.string()),
      path_(temporary_name(target_)),
      descriptor_(open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666)) {
    if (descriptor_ < 0) fail();
}

FileReplacement::~FileReplacement() {
    close(descriptor_);
    if (!is_renamed_) unlink(path_.c_str());
}

void FileReplacement::write(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::write(descriptor_, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) fail();
        bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
}

void FileReplacement::write(std::string_view text) { write(std::as_bytes(std::span(text))); }

void FileReplacement::finish() {
    if (fsync(descriptor_) != 0) fail();
    if (std::rename(path_.c_str(), target_.c_str()) != 0) fail();
    is_renamed_ = true;
    sync_folder(std::filesystem::path(target_).parent_path());
}

void FileReplacement::fail() const {
    throw Error(ErrorCode::unwritable, target_ + ": cannot be written: " + std::strerror(errno));
}

void write_file(const std::filesystem::path& path, std::span<const std::byte> bytes) {
    FileReplacement file(path);
    file.write(bytes);
    file.finish();
}

void write_file(const std::filesystem::path& path, std::string_view text) {
    write_file(path, std::as_bytes(std::span(text)));
}

void check_writable(const std::filesystem::path& path) {
    if (std::filesystem::is_directory(path)) {
        throw Error(ErrorCode::unwritable, path.string() + ": cannot be written: is a folder, expected a file");
    }
    const FileReplacement written_and_removed(path);
}

}  // namespace earmark
