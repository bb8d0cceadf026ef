#include "catalogue/file_stamp.h"

#include <sys/stat.h>

namespace earmark::catalogue {

std::optional<FileStamp> stamp_of(const std::filesystem::path& path) noexcept {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
    constexpr std::int64_t nanoseconds = 1'000'000'000;
    return FileStamp{status.st_size, status.st_mtim.tv_sec * nanoseconds + status.st_mtim.tv_nsec};
}

std::filesystem::path track_path(const std::filesystem::path& path) {
    std::filesystem::path normal = std::filesystem::absolute(path).lexically_normal();
    return normal.has_filename() || normal == normal.root_path() ? normal : normal.parent_path();
}

}  // namespace earmark::catalogue
