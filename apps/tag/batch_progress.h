#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

#include "apps/common/progress_line.h"
#include "apps/tag/tagged_file.h"

namespace earmark {

/// Progress of many files on a terminal: how many, how many a second, how many times real time, time left. Nothing is
/// shown for a single file, and no time left while the number of files is not known.
class BatchProgress {
public:
    BatchProgress() : line_("files") {}

    void add(const TaggedFile& file, std::optional<std::size_t> file_count);

    /// Before anything else is printed; `add` shows it again.
    void clear() { line_.clear(); }

    std::size_t done_count() const noexcept { return done_count_; }

private:
    ProgressLine line_;
    std::size_t done_count_ = 0;
    double audio_s_ = 0.0;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace earmark
