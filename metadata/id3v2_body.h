#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace earmark::metadata {

/// A body of a frame of ID3v2 that has texts in one of four encodings.
struct Id3Body {
    std::string before;              ///< bytes between the encoding and the first text: a language, a type of picture
    std::vector<std::string> texts;  ///< UTF-8
    std::string rest;                ///< bytes after the texts
    bool ends_with_text = false;     ///< the last text needs no NUL
};

/// Nothing where Earmark does not know the frame, or where it ends too early.
std::optional<Id3Body> read_id3_body(std::string_view id, std::string_view body);

/// The same for two bodies that differ in their encoding alone.
std::string meaning_of(const Id3Body& body);

/// Whether its texts are in an encoding that version 4 has added.
bool has_new_encoding(std::string_view id, std::string_view body);

/// As stored in version 3: ISO-8859-1 for ASCII, else UTF-16. Throws Damage for what is no text.
std::string id3_body_of_version_3(const Id3Body& body);

}  // namespace earmark::metadata
