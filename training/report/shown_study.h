#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

namespace earmark {

/// What a finished study shows.
struct ShownStudy {
    std::string table;  ///< for a terminal and for Markdown
    std::string json;   ///< study.json
    std::string page;   ///< report.html
};

/// Reads the folder of a finished study; nothing else is needed. It is compared with the study in `compared`, or with
/// that of its settings where that is still there. Throws Error: not_found, unreadable, invalid_dataset (names what is
/// missing), usage (the other study is of other tags or clips).
ShownStudy show_study(const std::filesystem::path& study, const std::optional<std::filesystem::path>& compared,
                      std::size_t thread_count);

/// Writes study.json and report.html into the folder of the study. Throws Error (unwritable). Returns the page's path.
std::filesystem::path write_shown_study(const std::filesystem::path& study, const ShownStudy& shown);

}  // namespace earmark
