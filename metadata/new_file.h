#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "metadata/file_state.h"
#include "metadata/pieces.h"

namespace earmark::metadata {

/// A file that is to take the place of another one in the same folder, with its owner, mode, extended attributes and
/// access lists. It has a hidden name and the ending of the other, and is removed unless it took the place.
class NewFile {
public:
    /// Made of parts of `original`, and on the disk when this returns. Throws Error (unwritable, unreadable) that
    /// starts with the path of the original.
    NewFile(const FileSource& original, const Pieces& pieces);
    NewFile(const NewFile&) = delete;
    NewFile& operator=(const NewFile&) = delete;
    ~NewFile();

    const std::filesystem::path& path() const noexcept { return path_; }

    void set_modified_ns(std::int64_t modified_ns) const { set_modified_ns(descriptor_, modified_ns); }

    /// Takes the name of the original. Throws Error (unwritable) when that is not the file `expected` any more, and
    /// then leaves it alone.
    void replace(const FileState& expected);

    /// Writes its bytes over those of the original from `start` on, for files with several names. What another program
    /// holds open changes under its hands, and a crash leaves a mixture. `expected` as in replace().
    /// The time of its last change is `modified_ns`, if that is given.
    void write_over(const FileState& expected, std::uint64_t start, std::optional<std::int64_t> modified_ns) const;

private:
    void write(const FileSource& original, const Pieces& pieces) const;
    void copy_attributes(int from) const;
    void set_modified_ns(int descriptor, std::int64_t modified_ns) const;
    void check(const FileState& expected) const;
    [[noreturn]] void fail(const std::string& what, int error) const;

    std::filesystem::path target_;
    std::filesystem::path path_;
    int descriptor_ = -1;
    bool is_renamed_ = false;
};

/// Removes from a folder what NewFile left there in processes that were killed.
void remove_leftover_new_files(const std::filesystem::path& folder);

}  // namespace earmark::metadata
