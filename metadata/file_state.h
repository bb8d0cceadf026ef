#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "metadata/byte_source.h"
#include "metadata/fields.h"

namespace earmark::metadata {

/// By which a file is known again without reading it.
struct FileState {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::uint64_t link_count = 1;
    std::uint64_t size_bytes = 0;
    std::int64_t modified_ns = 0;  ///< since 1970
    unsigned mode = 0;

    bool operator==(const FileState&) const = default;
};

/// Of the open file. Throws Error (unreadable).
FileState state_of(const FileSource& file);

/// Of the file that has this path now. Throws Error: not_found, unreadable.
FileState state_of(const std::filesystem::path& path);

/// XXH3 with 128 bits of the whole file, and of parts of it, as 32 hexadecimal digits. Throws Damage when they are not
/// all there.
std::string digest_of(const ByteSource& source);
std::string digest_of(const ByteSource& source, const std::vector<Range>& parts);

/// The same of names and bytes of the fields, and of where the audio is.
std::string digest_of(const FileFields& fields);

}  // namespace earmark::metadata
