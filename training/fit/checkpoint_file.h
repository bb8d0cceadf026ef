#pragma once

#include <string>
#include <string_view>

namespace earmark {

/// A checkpoint on disk: one line with the checksum and the length of the contents, then the contents (libtorch's
/// archive). This is the line and what is checked by it, without libtorch.
std::string checkpoint_file(std::string_view contents);

/// The contents of such a file, within `file`. One of before there were checksums has no line and is returned whole,
/// unchecked. Throws Error (unreadable) with what is damaged, without a path.
std::string_view checkpoint_contents(std::string_view file);

}  // namespace earmark
