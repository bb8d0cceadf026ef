#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace earmark::metadata {

/// What is wrong with the bytes of a file, without its path: "its MP4 box 'moov' ends after the file". read_layout()
/// makes an Error of it.
class Damage : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Bytes that are read where they are needed, as nobody holds a whole file of music. Thread-safe.
class ByteSource {
public:
    virtual ~ByteSource() = default;

    std::uint64_t size() const noexcept { return size_; }

    /// Throws Damage when they are not all there, or more than 256 MiB; Error (unreadable) when the system fails.
    std::string read(std::uint64_t offset, std::uint64_t count) const;

    /// As read(), as many as there are.
    std::string read_at_most(std::uint64_t offset, std::uint64_t count) const;

protected:
    explicit ByteSource(std::uint64_t size) : size_(size) {}

private:
    virtual void read_into(std::uint64_t offset, char* bytes, std::size_t count) const = 0;

    std::uint64_t size_;
};

/// Bytes in memory, which must outlive it.
class MemorySource : public ByteSource {
public:
    explicit MemorySource(std::string_view bytes) : ByteSource(bytes.size()), bytes_(bytes) {}

private:
    void read_into(std::uint64_t offset, char* bytes, std::size_t count) const override;

    std::string_view bytes_;
};

/// A regular file, open as long as this lives: what it reads is of that file even when another one takes its name.
class FileSource : public ByteSource {
public:
    /// Throws Error: not_found, unreadable (also for what is no regular file); messages start with the path.
    explicit FileSource(const std::filesystem::path& path);
    FileSource(const FileSource&) = delete;
    FileSource& operator=(const FileSource&) = delete;
    ~FileSource() override;

    int descriptor() const noexcept { return descriptor_; }
    const std::filesystem::path& path() const noexcept { return path_; }

private:
    struct Opened {
        int descriptor;
        std::uint64_t size;
    };
    FileSource(std::filesystem::path path, const Opened& opened);
    static Opened open_file(const std::filesystem::path& path);
    void read_into(std::uint64_t offset, char* bytes, std::size_t count) const override;

    std::filesystem::path path_;
    int descriptor_;
};

}  // namespace earmark::metadata
