#include "catalogue/file_system.h"

#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>
#include <string_view>

namespace earmark::catalogue {
namespace {

constexpr std::array<std::string_view, 15> network_names{
    "nfs",   "nfs4",       "cifs",        "smb3",           "smbfs",      "afs",       "ceph",     "9p",
    "ncpfs", "fuse.sshfs", "fuse.rclone", "fuse.glusterfs", "fuse.davfs", "fuse.s3fs", "glusterfs"};

// "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw": the device is the third word, the name of the file
// system the first one after the hyphen (proc(5)).
std::string name_in_line(const std::string& line, const std::string& device) {
    std::istringstream words(line);
    std::string word;
    for (int i = 0; i < 3; ++i) words >> word;
    if (word != device) return "";
    while (words >> word && word != "-") {
    }
    words >> word;
    return words ? word : "";
}

}  // namespace

FileSystem file_system_named(const std::string& name) {
    const bool is_network = std::find(network_names.begin(), network_names.end(), name) != network_names.end();
    return {name, is_network, !is_network && !name.starts_with("fuse")};
}

FileSystem file_system_of(const std::filesystem::path& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return file_system_named("unknown");
    const std::string device = std::to_string(major(status.st_dev)) + ":" + std::to_string(minor(status.st_dev));
    std::ifstream mounts("/proc/self/mountinfo");
    for (std::string line; std::getline(mounts, line);) {
        const std::string name = name_in_line(line, device);
        if (!name.empty()) return file_system_named(name);
    }
    return file_system_named("unknown");
}

}  // namespace earmark::catalogue
