#pragma once

#include <filesystem>

namespace earmark {

/// Removes the temporary files that write_file() left in a folder (not below it) when its process was killed:
/// NAME.PROCESS.NUMBER.tmp whose process is gone, or had the number that this process has now. REQUIRES: this process
/// is not writing into the folder. What cannot be removed stays; a folder that is not there has none.
void remove_leftover_files(const std::filesystem::path& folder);

/// Those of this target alone.
void remove_leftover_files_of(const std::filesystem::path& target);

}  // namespace earmark
