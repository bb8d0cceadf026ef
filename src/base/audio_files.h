#pragma once

#include <filesystem>
#include <stop_token>
#include <vector>

#include "earmark/audio_files.h"

namespace earmark {

/// What is in one folder, by the rule of walk_folder. Paths start with the folder as it is given, and are sorted.
struct FolderContents {
    std::vector<std::filesystem::path> folders;
    std::vector<std::filesystem::path> audio_files;
    PassedOver passed_over;
};

/// Whether a name has the ending of a container of video, which may hold audio or not (has_audio_ending counts it).
bool has_video_ending(const std::filesystem::path& path);

/// Throws Error (unreadable, names the folder).
FolderContents read_folder(const std::filesystem::path& folder);

/// walk_folder for callers that need all of the files. Folders of `not_again` are not entered. Throws Error: unreadable
/// (names the first such folder), canceled (`stop` was requested).
FolderWalk walk_readable_folder(const std::filesystem::path& folder,
                                const std::vector<std::filesystem::path>& not_again = {},
                                const std::stop_token& stop = {});

}  // namespace earmark
