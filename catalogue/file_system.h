#pragma once

#include <filesystem>
#include <string>

namespace earmark::catalogue {

/// What kind of file system a path is on.
struct FileSystem {
    std::string name;         ///< "ext4", "nfs4", "cifs", "fuse.sshfs", ...; "unknown" where the system has no list
    bool is_network = false;  ///< another machine has the files
    bool reports_all = true;  ///< inotify hears of every change: not on a network or FUSE, where others make some
};

/// Of a file or folder that exists; by /proc/self/mountinfo. Throws no Error.
FileSystem file_system_of(const std::filesystem::path& path);

/// By its name in /proc/self/mountinfo.
FileSystem file_system_named(const std::string& name);

}  // namespace earmark::catalogue
