#pragma once

#include <filesystem>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

namespace earmark {

/// The name of a clip or its audio without the folder and the ending: "215.low.mp3" of MTG-Jamendo is "215", and so is
/// "215.opus". Names in a list may have no ending, and dots in them. In NFC.
std::string name_without_ending(const std::filesystem::path& path);

/// The same with the folder.
std::string path_without_ending(const std::filesystem::path& path);

/// The audio files below a folder (walk_folder), by what a list may call them. Paths are relative to the folder.
class AudioIndex {
public:
    /// Throws Error: unreadable, canceled (`stop` was requested).
    AudioIndex(const std::filesystem::path& folder, const std::stop_token& stop);

    /// The files with this path, apart from its ending.
    std::vector<std::filesystem::path> find_by_path(const std::filesystem::path& path) const;

    /// The files with the file name of this path, apart from its ending, in any folder.
    std::vector<std::filesystem::path> find_by_name(const std::filesystem::path& path) const;

    /// PassedOver::line() of the walk.
    const std::string& passed_over() const noexcept { return passed_over_; }

private:
    std::string passed_over_;
    std::multimap<std::string, std::filesystem::path> by_path_;
    std::multimap<std::string, std::filesystem::path> by_name_;
};

}  // namespace earmark
