#include "base/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "base/counted.h"
#include "earmark/error.h"

namespace earmark {
namespace {

[[noreturn]] void fail(ErrorCode code, const std::filesystem::path& path, const std::string& problem) {
    throw Error(code, path.string() + ": " + problem);
}

std::string error_text(int error_number) { return std::generic_category().message(error_number); }

class FileDescriptor {
public:
    explicit FileDescriptor(int number) : number_(number) {}
    FileDescriptor(const FileDescriptor&) = delete;
    FileDescriptor& operator=(const FileDescriptor&) = delete;
    ~FileDescriptor() {
        if (number_ >= 0) ::close(number_);
    }

    int number() const noexcept { return number_; }
    bool is_open() const noexcept { return number_ >= 0; }

private:
    int number_;
};

std::uint64_t file_size(const std::filesystem::path& path, const FileDescriptor& file) {
    struct stat status {};
    if (::fstat(file.number(), &status) != 0) fail(ErrorCode::unreadable, path, "cannot be read: " + error_text(errno));
    if (S_ISDIR(status.st_mode)) fail(ErrorCode::unreadable, path, "is a folder: expected a file");
    if (!S_ISREG(status.st_mode)) fail(ErrorCode::unreadable, path, "is a device or pipe: expected a file");
    return static_cast<std::uint64_t>(status.st_size);
}

}  // namespace

MappedFile::MappedFile(const std::filesystem::path& path, std::uint64_t greatest_bytes) {
    // Without O_NONBLOCK a named pipe would wait here for someone to write.
    const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!file.is_open()) {
        if (errno == ENOENT || errno == ENOTDIR) fail(ErrorCode::not_found, path, "no such file");
        fail(ErrorCode::unreadable, path, "cannot be read: " + error_text(errno));
    }
    const std::uint64_t size = file_size(path, file);
    if (size > greatest_bytes) {
        fail(ErrorCode::unreadable, path,
             "is " + counted(size, "byte") + " long: expected at most " + std::to_string(greatest_bytes));
    }
    if (size == 0) return;  // which cannot be mapped
    // Populated at once: a page fault for every few pages takes longer.
    void* start =
        ::mmap(nullptr, static_cast<std::size_t>(size), PROT_READ, MAP_PRIVATE | MAP_POPULATE, file.number(), 0);
    if (start == MAP_FAILED) fail(ErrorCode::unreadable, path, "cannot be read: " + error_text(errno));
    bytes_ = {static_cast<const std::byte*>(start), static_cast<std::size_t>(size)};
}

MappedFile::~MappedFile() {
    if (!bytes_.empty()) ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
}

}  // namespace earmark
