#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace earmark {

/// The key of __metadata__ whose text is the checksum of the whole file, and that text while it is being computed.
inline constexpr char checksum_key[] = "checksum";
inline constexpr char checksum_placeholder[] = "0000000000000000";

/// Puts the checksum in the place of checksum_placeholder. REQUIRES: the bytes of a model file that has the key.
void set_file_checksum(std::vector<std::byte>& bytes);

/// Compares the bytes of a file with its checksum. Throws Error (invalid_model) when it is another one, or no checksum;
/// a file without the key passes.
void check_file_checksum(std::span<const std::byte> bytes, const std::map<std::string, std::string>& metadata);

}  // namespace earmark
