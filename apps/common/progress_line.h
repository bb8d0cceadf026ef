#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

namespace earmark {

/// A line on standard error that shows how far work has come, with a bar; only on a terminal whose foreground this
/// program is in, a few times a second. For one thread at a time.
class ProgressLine {
public:
    explicit ProgressLine(std::string what);
    ~ProgressLine() { clear(); }
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    bool is_terminal() const noexcept { return is_terminal_; }

    /// "[====    ] 5/10 clips  NOTE". Not at once after the line before, except for the end.
    void show(std::size_t done_count, std::size_t all_count, const std::string& note = "");

    /// Any text, after a bar where the share that is done is known. Always at once.
    void show_text(std::optional<double> done_share, const std::string& text);

    /// Removes the line, so that other text can be printed.
    void clear();

private:
    bool is_too_soon() const;

    std::string what_;
    bool is_terminal_;
    bool is_shown_ = false;
    std::chrono::steady_clock::time_point last_shown_{};
};

/// A line of at most `width` columns: the text, after a bar where the share that is done (0 to 1) is known and the text
/// leaves room for one.
std::string line_with_bar(std::optional<double> done_share, const std::string& text, std::size_t width);

/// "8 s", "3 min", "1 h 20 min".
std::string duration_text(double duration_s);

}  // namespace earmark
