#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

namespace earmark {

/// The bytes of a regular file, where the system has them in memory: nothing is copied.
class MappedFile {
public:
    /// Throws Error: not_found, unreadable (also when the file is larger than `greatest_bytes`); messages start with
    /// the path.
    MappedFile(const std::filesystem::path& path, std::uint64_t greatest_bytes);
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;
    ~MappedFile();

    /// The process ends (SIGBUS) when somebody shortens the file while these are read; write_file never does, since it
    /// puts a new file in the place of the old one.
    std::span<const std::byte> bytes() const noexcept { return bytes_; }

private:
    std::span<const std::byte> bytes_;
};

}  // namespace earmark
