#pragma once

#include <chrono>
#include <cstddef>

#include "apps/common/progress_line.h"
#include "apps/tag/tagged_file.h"

namespace earmark {

/// Progress of many files on a terminal: how many, how many a second, how many times real time, time left.
class BatchProgress {
public:
    explicit BatchProgress(std::size_t file_count) : file_count_(file_count), line_("files") {}

    void add(const TaggedFile& file);

    /// Before anything else is printed; `add` shows it again.
    void clear() { line_.clear(); }

private:
    std::size_t file_count_;
    ProgressLine line_;
    std::size_t done_count_ = 0;
    double audio_s_ = 0.0;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace earmark
