#include "files/write_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "earmark/error.h"

namespace earmark {
namespace {

// A temporary file that is removed unless it was renamed.
class TemporaryFile {
public:
    explicit TemporaryFile(const std::filesystem::path& target)
        : target_(target.string()), path_(target_ + ".XXXXXX"), descriptor_(mkstemp(path_.data())) {
        if (descriptor_ < 0) fail();
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile() {
        if (descriptor_ >= 0) close(descriptor_);
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
        if (fchmod_like_new_file() != 0 || fsync(descriptor_) != 0) fail();
        if (std::rename(path_.c_str(), target_.c_str()) != 0) fail();
        renamed_ = true;
    }

private:
    // mkstemp makes files that only the owner can read; a result should be as readable as any other new file.
    int fchmod_like_new_file() const {
        const mode_t mask = umask(0);
        umask(mask);
        return fchmod(descriptor_, 0666 & ~mask);
    }

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

}  // namespace earmark
