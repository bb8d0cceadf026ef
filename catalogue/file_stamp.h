#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace earmark::catalogue {

/// By which a changed file is known without reading it.
struct FileStamp {
    std::int64_t size_bytes = 0;
    std::int64_t modified_ns = 0;  ///< since 1970

    bool operator==(const FileStamp&) const = default;
};

/// Nothing where there is no regular file. Throws no Error.
std::optional<FileStamp> stamp_of(const std::filesystem::path& path) noexcept;

/// A path as the catalogue has it: absolute, without "." and "..", without a slash at the end. Links are not followed.
std::filesystem::path track_path(const std::filesystem::path& path);

}  // namespace earmark::catalogue
