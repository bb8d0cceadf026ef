#include "apps/common/progress_line.h"

#include <unistd.h>

#include <cmath>
#include <iostream>

#include "apps/common/terminal.h"

namespace earmark {
namespace {

constexpr std::size_t bar_width = 16;
constexpr std::chrono::milliseconds shortest_interval{100};

}  // namespace

ProgressLine::ProgressLine(std::string what)
    : what_(std::move(what)), is_terminal_(describe_terminal(STDERR_FILENO).is_terminal) {}

void ProgressLine::show(std::size_t done_count, std::size_t all_count, const std::string& note) {
    if (!is_terminal_ || all_count == 0 || (is_too_soon() && done_count < all_count)) return;
    const std::size_t filled = bar_width * done_count / all_count;
    show_line("[" + std::string(filled, '=') + std::string(bar_width - filled, ' ') + "] " +
              std::to_string(done_count) + "/" + std::to_string(all_count) + " " + what_ +
              (note.empty() ? "" : "  " + note));
}

void ProgressLine::show(std::size_t done_count, const std::string& note) {
    if (!is_terminal_ || is_too_soon()) return;
    show_line(std::to_string(done_count) + " " + what_ + "  " + note);
}

bool ProgressLine::is_too_soon() const { return std::chrono::steady_clock::now() - last_shown_ < shortest_interval; }

void ProgressLine::show_line(const std::string& line) {
    // One that is wider than the terminal would leave a row behind each time.
    const auto width = static_cast<std::size_t>(describe_terminal(STDERR_FILENO).column_count - 1);
    std::cerr << "\r\033[K" + line.substr(0, width) << std::flush;
    is_shown_ = true;
    last_shown_ = std::chrono::steady_clock::now();
}

void ProgressLine::clear() {
    if (is_shown_) std::cerr << "\r\033[K" << std::flush;
    is_shown_ = false;
}

std::string duration_text(double duration_s) {
    const auto seconds = std::llround(duration_s);
    if (seconds < 90) return std::to_string(seconds) + " s";
    const auto minutes = (seconds + 30) / 60;
    if (minutes < 90) return std::to_string(minutes) + " min";
    return std::to_string(minutes / 60) + " h " + std::to_string(minutes % 60) + " min";
}

}  // namespace earmark
