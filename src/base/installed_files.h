#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace earmark {

/// Where a file that comes with Earmark may be, in the order in which to look: `installed_name` in share/earmark of the
/// prefix in which this code is installed (one or two folders above that of the program or shared library that holds
/// it), then in share/earmark of the prefix that the build was configured for, then `source_name` in the source tree
/// that it was built from.
std::vector<std::filesystem::path> places_of_installed_file(const std::string& installed_name,
                                                            const std::string& source_name);

/// The first of these places where there is a file or folder; the first of all where there is none.
std::filesystem::path find_installed_file(const std::string& installed_name, const std::string& source_name);

}  // namespace earmark
