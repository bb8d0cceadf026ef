#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "apps/common/progress_line.h"

namespace earmark {

/// How far the only file of a command is, on a terminal, from a quarter of a second on. For one thread at a time.
class FileProgress {
public:
    explicit FileProgress(std::string command) : line_(std::move(command)) {}

    /// ReadOptions::on_progress.
    void show(double seconds_done, std::optional<double> seconds_declared);

private:
    ProgressLine line_;
    std::chrono::steady_clock::time_point last_shown_ = std::chrono::steady_clock::now();
};

}  // namespace earmark
