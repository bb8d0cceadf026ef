#include "apps/common/progress_line.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <iostream>

#include "apps/common/terminal.h"

namespace earmark {
namespace {

constexpr std::chrono::milliseconds shortest_interval{100};

// A program in the background of a shell would write into what the user types. Where it cannot be known (-1), the
// terminal is another one than that of the session.
bool is_in_foreground() {
    const pid_t group = tcgetpgrp(STDERR_FILENO);
    return group < 0 || group == getpgrp();
}

}  // namespace

ProgressLine::ProgressLine(std::string what)
    : what_(std::move(what)), is_terminal_(describe_terminal(STDERR_FILENO).is_terminal) {}

void ProgressLine::show(std::size_t done_count, std::size_t all_count, const std::string& note) {
    if (all_count == 0 || (is_too_soon() && done_count < all_count)) return;
    show_text(
        static_cast<double>(done_count) / static_cast<double>(all_count),
        std::to_string(done_count) + "/" + std::to_string(all_count) + " " + what_ + (note.empty() ? "" : "  " + note));
}

void ProgressLine::show_text(std::optional<double> done_share, const std::string& text) {
    if (!is_terminal_ || !is_in_foreground()) return;
    // A line that fills the terminal would leave a row behind each time.
    const int column_count = describe_terminal(STDERR_FILENO).column_count;
    const auto width = static_cast<std::size_t>(std::max(1, column_count - 1));
    std::cerr << "\r\033[K" + line_with_bar(done_share, text, width) << std::flush;
    is_shown_ = true;
    last_shown_ = std::chrono::steady_clock::now();
}

bool ProgressLine::is_too_soon() const { return std::chrono::steady_clock::now() - last_shown_ < shortest_interval; }

void ProgressLine::clear() {
    if (is_shown_) std::cerr << "\r\033[K" << std::flush;
    is_shown_ = false;
}

std::string line_with_bar(std::optional<double> done_share, const std::string& text, std::size_t width) {
    constexpr std::size_t longest_bar = 16;
    constexpr std::size_t shortest_bar = 4;
    constexpr std::size_t frame = 3;  // "[", "] "
    const std::size_t used = text.size() + frame;
    if (!done_share || used + shortest_bar > width) return text.substr(0, width);
    const std::size_t bar = std::min(longest_bar, width - used);
    const auto filled = static_cast<std::size_t>(std::clamp(*done_share, 0.0, 1.0) * static_cast<double>(bar));
    return "[" + std::string(filled, '=') + std::string(bar - filled, ' ') + "] " + text;
}

std::string duration_text(double duration_s) {
    const auto seconds = std::llround(duration_s);
    if (seconds < 90) return std::to_string(seconds) + " s";
    const auto minutes = (seconds + 30) / 60;
    if (minutes < 90) return std::to_string(minutes) + " min";
    return std::to_string(minutes / 60) + " h " + std::to_string(minutes % 60) + " min";
}

}  // namespace earmark
