#pragma once

#include <string>
#include <string_view>

namespace earmark {

/// Texts of a model file end up in terminals: they must be UTF-8 without control characters, which could move the
/// cursor or change colors.
bool is_one_line(std::string_view text);

/// The same, but line breaks and tabs are allowed in it.
bool is_lines(std::string_view text);

/// A text from outside as a message may show it: in quotes, ASCII alone, of bounded length.
std::string quotation(std::string_view text);

/// A key from outside as a path may show it: quoted unless it is a plain word.
std::string path_word(std::string_view key);

}  // namespace earmark
