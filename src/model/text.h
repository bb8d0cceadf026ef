#pragma once

#include <string>
#include <string_view>

namespace earmark {

/// Texts of a model file end up in terminals: they must be UTF-8 without control characters, which could move the
/// cursor or change colors.
bool is_one_line(std::string_view text);

/// The same, but line breaks and tabs may stand in it.
bool is_lines(std::string_view text);

/// A text from outside as it may stand in a message: in quotes, ASCII alone, of bounded length.
std::string quotation(std::string_view text);

/// A key from outside as it may stand in a path: quoted unless it is a plain word.
std::string path_word(std::string_view key);

}  // namespace earmark
