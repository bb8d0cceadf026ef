#pragma once

#include <chrono>
#include <filesystem>
#include <functional>

namespace earmark {

/// Keeps other processes, and other locks of this one, from a folder: a lock on the file .lock in it, which the system
/// releases when the process ends, however it ends. Where the file system has no locks, everybody holds it.
class FolderLock {
public:
    /// Waits for at most `patience`, or until `gives_up` returns true; the folder must exist. Throws Error (unwritable)
    /// that names the folder.
    FolderLock(const std::filesystem::path& folder, std::chrono::milliseconds patience,
               const std::function<bool()>& gives_up = {});
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;
    ~FolderLock();

    /// False when somebody else still had it in the end.
    bool is_held() const noexcept { return is_held_; }

private:
    int descriptor_;
    bool is_held_ = false;
};

}  // namespace earmark
