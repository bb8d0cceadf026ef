#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace earmark {

/// What a study is of, kept in its folder as settings.json: with it, the folder is all that is needed to show the study
/// again.
struct StudySettings {
    std::string recipe = {};  ///< its name
    std::string data = {};    ///< names of the data sets
    std::string command = {};
    std::string date = {};
    std::string machine = {};
    std::filesystem::path audio_folder = {};  ///< that paths of clips are relative to
    std::vector<std::uint64_t> seeds = {};
    std::size_t fold_count = 0;  ///< 0 without cross-validation
    bool by_artist = false;
    std::size_t resample_count = 1000;                   ///< of the bootstrap
    std::optional<std::filesystem::path> compared = {};  ///< the folder of a study that it is compared with
};

/// Throws Error (unwritable).
void write_study_settings(const std::filesystem::path& study, const StudySettings& settings);

/// Throws Error: not_found (it is no folder of a study), unreadable (names what is wrong in the file).
StudySettings read_study_settings(const std::filesystem::path& study);

/// The same of the text of settings.json; `name` is that of the file. Throws Error (unreadable).
StudySettings parse_study_settings(const std::string& text, const std::string& name);

}  // namespace earmark
