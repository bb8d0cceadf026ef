#pragma once

#include <string>
#include <string_view>

#include "base/utf8.h"

namespace earmark {

// Names of files are bytes. These functions are for texts that have such names in them.

/// The text with U+FFFD for each byte that is not UTF-8.
std::string as_utf8(std::string_view text);

/// The text as a terminal may show it: as_utf8, and what could move the cursor, clear the screen or turn the direction
/// of writing is an escape: "\n", "\t", "\x1b", "\u202e".
std::string visible(std::string_view text);

/// Each byte as two hexadecimal digits.
std::string hexadecimal(std::string_view bytes);

}  // namespace earmark
