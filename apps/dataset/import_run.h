#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "datasets/import/imported.h"

namespace earmark {

/// What every kind of import is told.
struct ImportOptions {
    std::vector<std::filesystem::path> sources;
    std::string audio;  ///< empty: audio is not looked for
    std::string out;    ///< empty: nothing is written
    std::string tags;
    std::size_t top = 0;  ///< 0: all
    double shortest_s = 0.0;
    bool drops_untagged = false;
    bool replaces = false;
    std::vector<double> shares{80.0, 10.0, 10.0};
    bool has_shares = false;  ///< they were asked for
    std::uint64_t seed = 0;
};

/// Reads with `read`, chooses tags, splits where there are none, looks for audio, writes, and prints what came of it.
/// Returns the exit status: 1 when a clip is left out by a fault (LeftOut). Throws Error as its steps do, and usage.
int run_import(const ImportOptions& options, const std::function<Imported()>& read);

}  // namespace earmark
