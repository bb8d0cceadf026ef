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

// A temporary file that is removed unless it was renamed.
class TemporaryFile {
public:
    explicit TemporaryFile(const std::filesystem::path& target)
        : target_(target.string()),
          path_(temporary_name(target_)),
          descriptor_(open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666)) {
        if (descriptor_ < 0) fail();
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile() {
        close(descriptor_);
        if (!renamed_) unlink(path_.c_str());
    }

    void write(std::span<const std::byte> bytes) {
        while (!bytes.empty()) {
            const ssize_t count = ::write(descriptor_, bytes.data(), bytes.size());
            if (count < 0 && errno == EINTR) continue;
            if (count <= 0) fail();
            bytes = bytes.subspan(static_cast<std::size_t>(count));
        }
    }

    void rename_to_target() {
        if (fsync(descriptor_) != 0) fail();
        if (std::rename(path_.c_str(), target_.c_str()) != 0) fail();
        renamed_ = true;
    }

private:
    [[noreturn]] void fail() const {
        throw Error(ErrorCode::unwritable, target_ + ": cannot be written: " + std::strerror(errno));
    }

    std::string target_;
    std::string path_;
    int descriptor_;
    bool renamed_ = false;
};

void sync_folder(const std::filesystem::path& folder) {
    const int descriptor = open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return;  // the file itself is safe; some file systems do not let folders be opened
    fsync(descriptor);
    close(descriptor);
}

}  // namespace

void write_file(const std::filesystem::path& path, std::span<const std::byte> bytes) {
    TemporaryFile file(path);
    file.write(bytes);
    file.rename_to_target();
    sync_folder(path.parent_path());
}

void write_file(const std::filesystem::path& path, std::string_view text) {
    write_file(path, std::as_bytes(std::span(text)));
}

void check_writable(const std::filesystem::path& path) {
    if (std::filesystem::is_directory(path)) {
        throw Error(ErrorCode::unwritable, path.string() + ": cannot be written: is a folder, expected a file");
    }
    const TemporaryFile written_and_removed(path);
}

}  // namespace earmark
