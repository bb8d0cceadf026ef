#pragma once

#include <CLI/App.hpp>
#include <string>
#include <utility>
#include <vector>

namespace earmark {

/// --format: one of these. Help shows the value that `format` has now as the default.
void add_format_option(CLI::App& command, std::string& format, std::vector<std::string> formats,
                       const std::string& description = "Output format");

/// Endings of names of files, and the formats that they mean: {{".m3u8", "m3u8"}, {".m3u", "m3u8"}}.
using FormatsByEnding = std::vector<std::pair<std::string, std::string>>;

/// `format` where it is given, else the one that the ending of `out` means. Throws Error (usage) that lists the
/// endings.
std::string format_by_ending(const std::string& format, const std::string& out, const FormatsByEnding& formats);

}  // namespace earmark
