#pragma once

#include <string>
#include <string_view>

namespace earmark {

/// What a text stream is connected to.
struct Terminal {
    bool is_terminal = false;
    bool has_color = false;    ///< a terminal, and neither NO_COLOR nor TERM=dumb is set
    bool has_unicode = false;  ///< the locale's encoding is UTF-8
    int column_count = 80;
};

/// REQUIRES: 1 (standard output) or 2 (standard error).
Terminal describe_terminal(int descriptor);

/// `text` in an ANSI style such as "1" (bold) or "36" (cyan), or as it is without color.
std::string styled(std::string_view text, std::string_view style, const Terminal& terminal);

/// Number of columns that UTF-8 text takes, double-width characters counted twice.
std::size_t display_width(std::string_view text);

/// `text` and as many spaces as bring it to `width` columns.
std::string padded(std::string_view text, std::size_t width);

}  // namespace earmark
