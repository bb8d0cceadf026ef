#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace earmark {

/// Replaces a file as a whole or not at all: writes a temporary file in the same folder, syncs it, renames it, syncs
/// the folder. Throws Error (unwritable) that names `path`; then nothing is left behind, and an older file stays as it
/// was.
void write_file(const std::filesystem::path& path, std::span<const std::byte> bytes);
void write_file(const std::filesystem::path& path, std::string_view text);

/// The same in portions: the file is replaced by finish(), and by nothing else. Each function throws Error (unwritable)
/// that names the path.
class FileReplacement {
public:
    explicit FileReplacement(const std::filesystem::path& path);
    FileReplacement(const FileReplacement&) = delete;
    FileReplacement& operator=(const FileReplacement&) = delete;
    ~FileReplacement();

    void write(std::span<const std::byte> bytes);
    void write(std::string_view text);
    void finish();

private:
    [[noreturn]] void fail() const;

    std::string target_;
    std::string path_;
    int descriptor_;
    bool is_renamed_ = false;
};

/// Throws what write_file() would throw now, before the work whose result is to be written.
void check_writable(const std::filesystem::path& path);

}  // namespace earmark
