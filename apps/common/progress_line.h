#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace earmark {

/// A line on standard error that shows how far work has come, with a bar; only on a terminal, a few times a second. For
/// one thread at a time.
class ProgressLine {
public:
    explicit ProgressLine(std::string what);
    ~ProgressLine() { clear(); }
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    void show(std::size_t done_count, std::size_t all_count, const std::string& note = "");

    /// The same while it is not known how much there is.
    void show(std::size_t done_count, const std::string& note);

    /// Removes the line, so that other text can be printed.
    void clear();

private:
    bool is_too_soon() const;
    void show_line(const std::string& line);

    std::string what_;
    bool is_terminal_;
    bool is_shown_ = false;
    std::chrono::steady_clock::time_point last_shown_{};
};

/// "8 s", "3 min", "1 h 20 min".
std::string duration_text(double duration_s);

}  // namespace earmark
