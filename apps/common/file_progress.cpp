#include "apps/common/file_progress.h"

#include <algorithm>

namespace earmark {

void FileProgress::show(double seconds_done, std::optional<double> seconds_declared) {
    const auto now = std::chrono::steady_clock::now();
    constexpr std::chrono::milliseconds interval{250};
    if (!line_.is_terminal() || now - last_shown_ < interval) return;
    last_shown_ = now;
    std::optional<double> share;
    if (seconds_declared && *seconds_declared > 0.0) share = std::min(1.0, seconds_done / *seconds_declared);
    line_.show_text(share, duration_text(seconds_done) + " of audio");
}

}  // namespace earmark
