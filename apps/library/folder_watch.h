#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <set>
#include <stop_token>

namespace earmark {

/// Hears from the system of changes in folders and all folders below them (inotify). For one thread.
class FolderWatch {
public:
    /// Throws Error (unreadable) where the system has no more of these.
    FolderWatch();
    FolderWatch(const FolderWatch&) = delete;
    FolderWatch& operator=(const FolderWatch&) = delete;
    ~FolderWatch();

    /// False where the system does not watch so many folders; then wait() does not hear of all changes. Links are
    /// followed, as a scan does; hidden folders, and what cannot be read, are passed over.
    bool add(const std::filesystem::path& folder);

    /// Waits until something has changed and nothing more has for `quiet`, at most `most` in all; true where something
    /// has. Ends when `stop` is requested.
    bool wait(std::chrono::milliseconds quiet, std::chrono::milliseconds most, const std::stop_token& stop);

private:
    bool add(const std::filesystem::path& folder, std::set<int>& added);
    bool take_events();

    int descriptor_;
    bool is_complete_ = true;
    std::map<int, std::filesystem::path> folders_;  ///< by the number of the watch
};

}  // namespace earmark
