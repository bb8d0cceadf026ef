#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "apps/common/exit_status.h"
#include "datasets/import/imported.h"

namespace earmark {

/// The options that every kind of import has.
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
    bool has_shares = false;  ///< the user gave them
    std::uint64_t seed = 0;
};

/// Reads with `read`, chooses tags, splits where there are none, looks for audio, writes, and prints a summary.
/// item_failed when a clip is left out by a fault (LeftOut), and when the user interrupts it, which `read` gets as a
/// request to stop: then nothing is written. Throws Error as its steps do, and usage.
ExitStatus run_import(const ImportOptions& options, const std::function<Imported(const std::stop_token&)>& read);

}  // namespace earmark
