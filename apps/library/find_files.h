#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "catalogue/catalogue.h"
#include "catalogue/walk.h"

namespace earmark {

/// The audio files of a library, as they are on the disk now.
struct FoundFiles {
    catalogue::Walk walk;
    std::vector<std::string> errors;  ///< of what could not be searched; what is known of it stays as it is
    std::vector<std::string> notes;   ///< what was passed over
};

/// Searches files and folders (walk_folder); their paths may be relative. A folder that does not exist, or is empty
/// although the catalogue has tracks of it, may be a disk that is not there: it is an error, and none of them is
/// missing. Throws Error (canceled), DatabaseError.
FoundFiles find_files(catalogue::Catalogue& catalogue, const std::vector<std::filesystem::path>& roots,
                      const std::stop_token& stop);

}  // namespace earmark
