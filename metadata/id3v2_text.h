#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace earmark::metadata {

// The bodies of text frames of ID3v2: an encoding (0 ISO-8859-1, 1 UTF-16, 2 UTF-16 big endian, 3 UTF-8), and texts.

/// The text up to the first NUL after `first` bytes, as UTF-8.
std::string id3_description(std::string_view body, std::size_t first);

/// The text in front, as UTF-8; it and its NUL are taken from the bytes.
std::string take_id3_text(std::string_view& bytes, char encoding);

/// The texts after `first` bytes and, with `has_description`, after the description. None is empty.
std::vector<std::string> id3_texts(std::string_view body, std::size_t first, bool has_description);

/// "(17)(4)Eurodisco" and "17" by their names: Rock, Disco, Eurodisco.
std::vector<std::string> id3_genres(const std::vector<std::string>& texts);

/// "A; B" as A and B.
std::vector<std::string> id3_split(const std::vector<std::string>& texts);

/// A body with these values: one after the other with NUL between them in version 4, joined to "A; B" before. What
/// comes `before` the text, such as a language, is three letters or none. ISO-8859-1 for ASCII, else UTF-8 in version
/// 4 and UTF-16 before.
std::string id3_text_body(int version, std::string_view before, const std::optional<std::string>& description,
                          const std::vector<std::string>& values);

}  // namespace earmark::metadata
