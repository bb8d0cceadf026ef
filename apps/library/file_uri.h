#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace earmark {

/// "file:///music/a%20b.mp3" of an absolute path, "../a%20b.mp3" of a relative one: every byte that RFC 3986 does not
/// allow in a path is written as '%' and two digits.
std::string file_uri(const std::filesystem::path& path);

/// The path that such a URI means, "file://localhost/..." too; nothing for one of another scheme or host, and for one
/// with a broken '%'. A '#' or '?' is taken for a part of the name.
std::optional<std::filesystem::path> path_of_uri(const std::string& uri);

}  // namespace earmark
