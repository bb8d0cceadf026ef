#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "metadata/fields.h"

namespace earmark {

/// The files of a plan that cannot be written.
class NotWritable {
public:
    /// REQUIRES: fields with a reason_not_writable.
    void add(const std::filesystem::path& path, const metadata::FileFields& fields);

    std::size_t count() const noexcept { return count_; }

    /// One for each file; but one for all of an ending whose format has no place for the fields: "12 files of .mkv
    /// cannot be written: ...".
    std::vector<std::string> messages() const;

private:
    std::size_t count_ = 0;
    std::vector<std::string> messages_;
    std::string unknown_reason_;
    std::map<std::string, std::vector<std::filesystem::path>> unknown_;  ///< files of unknown formats, by ending
};

}  // namespace earmark
