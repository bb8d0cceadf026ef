#pragma once

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "earmark/error.h"

namespace earmark {

/// The byte-order mark that UTF-8 text may begin with.
inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// One line of a text file, without its end.
struct TextLine {
    std::size_t number = 0;  ///< counted from 1
    std::string text;
};

/// Throws Error: not_found, unreadable (also a folder, and compressed or UTF-16 text).
std::ifstream open_text(const std::filesystem::path& path);

/// The lines of a text file that are not empty. A byte-order mark at the start and CR at line ends are removed.
/// Throws Error: not_found, unreadable.
std::vector<TextLine> read_text_lines(const std::filesystem::path& path);

/// An Error (invalid_dataset) in the form "PATH:LINE: MESSAGE".
Error line_error(const std::filesystem::path& path, std::size_t line, const std::string& message);

/// The fields between separators, empty ones too.
std::vector<std::string_view> split_text(std::string_view text, char separator);

/// A field as a spreadsheet writes it: one in double quotes is without them, and doubled quotes in it are single.
/// Whatever is not such a field as a whole (the artist '"Weird Al" Yankovic') stays as it is.
std::string unquoted(std::string_view field);

/// What unquoted() gives `text` for: `text` itself, or in quotes where it would lose its own.
std::string quoted_if_needed(std::string_view text);

/// Without spaces and TABs at both ends.
std::string_view trimmed(std::string_view text);

}  // namespace earmark
