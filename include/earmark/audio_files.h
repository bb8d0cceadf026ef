#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "earmark/export.h"

namespace earmark {

// Which files of a folder are audio. All of this header is thread-safe; no file is opened.

/// Whether a name has one of the endings of audio for which FFmpeg has a demuxer, in upper or lower case. Containers of
/// video count, since they may hold audio.
EARMARK_EXPORT bool has_audio_ending(const std::filesystem::path& path);

/// What a walk did not take, and how often.
struct EARMARK_EXPORT PassedOver {
    std::map<std::string, std::size_t> files;  ///< ".txt", "without an ending", "hidden", "broken link", "special", ...
    std::map<std::string, std::size_t> folders;  ///< "hidden", "system", "repeated" (a link led to it once more)

    void add(const PassedOver& other);

    /// "passed over 3 files and 1 folder: 2 .txt, 1 .pdf, 1 hidden folder"; the most frequent kinds first, and only the
    /// first six by name. Empty when nothing was passed over.
    std::string line() const;
};

/// The audio files in a folder and in all folders below it.
struct EARMARK_EXPORT FolderWalk {
    struct EARMARK_EXPORT Unreadable {
        std::filesystem::path folder;
        std::string error;  ///< one line that starts with the folder
    };

    std::vector<std::filesystem::path> audio_files;  ///< sorted; they start with the folder as it is given
    std::vector<Unreadable> unreadable;              ///< folders, the given one among them; sorted
    PassedOver passed_over;
};

/// Finds the audio files below a folder. Taken are files with an audio ending and links to such files. Passed over are
/// hidden files and folders (the name starts with '.', as in "._song.mp3" and ".Trash-1000"), folders that systems make
/// ("@eaDir", "$RECYCLE.BIN", "#recycle", "@Recycle", "lost+found", "System Volume Information"), files with other
/// endings, and what is neither file nor folder. Links to folders are followed. A folder is entered once, however many
/// links lead to it: device and inode are remembered, so loops end. Links are followed after all else, so that a file
/// has its own path where it has one below `folder`. What cannot be read is in the result, and so is `folder` itself
/// where it does not exist or is a file. Throws Error (canceled) when `stop` is requested, and no other.
EARMARK_EXPORT FolderWalk walk_folder(const std::filesystem::path& folder, const std::stop_token& stop = {});

}  // namespace earmark
