#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

#include "apps/common/progress_line.h"
#include "apps/tag/batch_counts.h"
#include "apps/tag/tagged_file.h"

namespace earmark {

/// Counts what is done and, where standard error is a terminal, shows it there a few times a second, also while a long
/// file is in work.
class BatchProgress {
public:
    /// `file_count` returns how many files there are in all, or nothing while that is not known; it is called from any
    /// thread. Time runs from now on.
    explicit BatchProgress(std::function<std::optional<std::size_t>()> file_count);

    /// Whether anything is shown: only then it is worth to call file_progress().
    bool is_shown() const noexcept { return line_.is_terminal(); }

    /// How far a file in work is, by its number. From any thread.
    void file_progress(std::size_t index, double seconds_done, std::optional<double> seconds_declared);

    void add(std::size_t index, const TaggedFile& file);

    /// A film without audio is done.
    void add_passed_over(std::size_t index);

    /// Nothing more is shown.
    void finish();

    /// Keeps the line away while this lives, so that something else can be printed.
    class Pause {
    public:
        explicit Pause(BatchProgress& progress);
        ~Pause();
        Pause(const Pause&) = delete;
        Pause& operator=(const Pause&) = delete;

    private:
        BatchProgress& progress_;
        std::unique_lock<std::mutex> lock_;
    };

    /// As of now.
    BatchCounts counts() const;

private:
    struct InWork {
        double done_s = 0.0;
        double declared_s = 0.0;  ///< 0: not known
    };

    void show_until(const std::stop_token& stop);
    void show();

    const std::function<std::optional<std::size_t>()> file_count_;
    const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    mutable std::mutex counts_mutex_;  ///< of the two below
    BatchCounts counts_;
    std::map<std::size_t, InWork> in_work_;
    std::mutex line_mutex_;  ///< of the two below; locked before counts_mutex_
    ProgressLine line_;
    bool is_begun_ = false;  ///< the line was shown once
    std::condition_variable_any ended_;
    std::jthread thread_;  ///< last, so that it ends before what it uses
};

}  // namespace earmark
