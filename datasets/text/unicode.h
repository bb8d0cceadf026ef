#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace earmark {

// A letter with an accent has two spellings in Unicode: one character (NFC, what keyboards and Linux write) or a letter
// and a mark (NFD, what macOS writes in names of files). All of this is thread-safe.

bool is_valid_utf8(std::string_view text);

/// The end of a message about fields that are not: "the tags are not UTF-8; ...".
std::string not_utf8(const std::string& fields);

/// The text in NFC (Unicode Standard Annex 15). What is not UTF-8 stays as it is.
std::string nfc(std::string_view text);

/// Equal for texts that differ only in upper and lower case, or in the spelling of accents.
std::string without_case(std::string_view text);

/// The path of a file whose name a list spells in NFC and the disk in NFD, or the other way round, each folder for
/// itself: that of the disk. `path` itself where it exists or no other spelling does.
std::filesystem::path existing_spelling(const std::filesystem::path& path);

}  // namespace earmark
