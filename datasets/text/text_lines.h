#pragma once

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "earmark/error.h"

namespace earmark {

/// What may stand at the start of a text in UTF-8.
inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// One line of a text file, without its end.
struct TextLine {
    std::size_t number = 0;  ///< counted from 1
    std::string text;
};

/// Throws Error: not_found, unreadable (a folder, or what is compressed or UTF-16, among them).
std::ifstream open_text(const std::filesystem::path& path);

/// The lines of a text file that are not empty. A byte-order mark at the start and CR at line ends are taken away.
/// Throws Error: not_found, unreadable.
std::vector<TextLine> read_text_lines(const std::filesystem::path& path);

/// An Error (invalid_dataset) in the form "PATH:LINE: MESSAGE".
Error line_error(const std::filesystem::path& path, std::size_t line, const std::string& message);

/// The parts between separators, empty ones too.
std::vector<std::string_view> split_text(std::string_view text, char separator);

/// Without spaces and TABs at both ends.
std::string_view trimmed(std::string_view text);

}  // namespace earmark
