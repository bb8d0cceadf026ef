#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace earmark::metadata {

// Text in the encodings of tags, to UTF-8. What is no text in its encoding gives U+FFFD, or is left as it is (UTF-8).

std::string latin1_to_utf8(std::string_view bytes);

/// Two bytes a unit. A byte order mark decides; without one, `is_big_endian`.
std::string utf16_to_utf8(std::string_view bytes, bool is_big_endian);

/// Little endian, without a byte order mark.
std::string utf8_to_utf16(std::string_view text);

bool is_ascii(std::string_view text);

/// Equal but for A to Z in upper or lower case.
bool equal_without_case(std::string_view one, std::string_view other);
std::string upper_case(std::string_view text);

/// "A; B".
std::string joined(const std::vector<std::string>& values, std::string_view separator);
std::vector<std::string> split(std::string_view text, std::string_view separator);

/// Without spaces and control characters at both ends.
std::string trimmed(std::string_view text);

}  // namespace earmark::metadata
