#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string_view>

namespace earmark {

/// Replaces a file as a whole or not at all: writes a temporary file in the same folder, syncs it, renames it, syncs
/// the folder. Throws Error (unwritable) that names `path`; then nothing is left behind, and an older file stays as it
/// was.
void write_file(const std::filesystem::path& path, std::span<const std::byte> bytes);
void write_file(const std::filesystem::path& path, std::string_view text);

/// Throws what write_file() would throw now, before the work whose result is to be written.
void check_writable(const std::filesystem::path& path);

}  // namespace earmark
