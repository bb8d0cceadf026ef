#include "apps/tag/batch_progress.h"

#include <algorithm>
#include <utility>

namespace earmark {

BatchProgress::BatchProgress(std::function<std::optional<std::size_t>()> file_count)
    : file_count_(std::move(file_count)), line_("files") {
    if (is_shown()) thread_ = std::jthread([this](const std::stop_token& stop) { show_until(stop); });
}

void BatchProgress::file_progress(std::size_t index, double seconds_done, std::optional<double> seconds_declared) {
    const std::lock_guard lock(counts_mutex_);
    in_work_[index] = {seconds_done, seconds_declared.value_or(0.0)};
}

void BatchProgress::add(std::size_t index, const TaggedFile& file) {
    const std::lock_guard lock(counts_mutex_);
    in_work_.erase(index);
    ++(file.error.empty() ? counts_.tagged_count : counts_.failed_count);
    if (!file.warning.empty()) ++counts_.warning_count;
    counts_.audio_s += file.duration_s;
}

void BatchProgress::add_passed_over(std::size_t index) {
    const std::lock_guard lock(counts_mutex_);
    in_work_.erase(index);
    ++counts_.passed_over_count;
}

void BatchProgress::finish() {
    if (thread_.joinable()) {
        thread_.request_stop();
        thread_.join();
    }
    line_.clear();
}

BatchCounts BatchProgress::counts() const {
    const std::lock_guard lock(counts_mutex_);
    BatchCounts counts = counts_;
    counts.file_count = file_count_();
    for (const auto& [index, file] : in_work_) {
        counts.audio_s += file.done_s;
        if (file.declared_s > 0.0) counts.in_work += std::min(1.0, file.done_s / file.declared_s);
        if (in_work_.size() == 1) counts.declared_s = file.declared_s;
    }
    counts.elapsed_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    return counts;
}

void BatchProgress::show_until(const std::stop_token& stop) {
    constexpr std::chrono::milliseconds interval{250};
    for (;;) {
        std::unique_lock lock(line_mutex_);
        if (ended_.wait_for(lock, stop, interval, [&] { return stop.stop_requested(); })) return;
        if (stop.stop_requested()) return;
        is_begun_ = true;
        show();
    }
}

void BatchProgress::show() {
    const BatchCounts now = counts();
    line_.show_text(done_share(now), progress_text(now));
}

BatchProgress::Pause::Pause(BatchProgress& progress) : progress_(progress), lock_(progress.line_mutex_) {
    progress_.line_.clear();
}

BatchProgress::Pause::~Pause() {
    if (progress_.is_begun_) progress_.show();
}

}  // namespace earmark
