#pragma once

#include <string_view>

namespace earmark {

/// Whether the bytes are UTF-8 (RFC 3629: no surrogates, no longer form than needed, nothing above U+10FFFF).
bool is_utf8(std::string_view text) noexcept;

}  // namespace earmark
