#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

namespace earmark {

/// The bytes of a regular file. Throws Error: not_found, unreadable (also when the file is larger than
/// `greatest_bytes`); messages start with the path.
std::vector<std::byte> read_file(const std::filesystem::path& path, std::uint64_t greatest_bytes);

}  // namespace earmark
