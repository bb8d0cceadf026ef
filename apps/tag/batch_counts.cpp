#include "apps/tag/batch_counts.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "apps/common/progress_line.h"
#include "apps/common/terminal.h"
#include "base/counted.h"

namespace earmark {
namespace {

constexpr double shortest_for_rates_s = 0.05;
constexpr double shortest_for_time_left_s = 1.0;

std::string with_two_digits(double value) {
    char text[32];
    std::snprintf(text, sizeof text, value < 9.95 ? "%.1f" : "%.0f", value);
    return text;
}

// "0.3 s"; rounded seconds would be none of them.
std::string elapsed_text(double duration_s) {
    constexpr double least_s = 0.05;
    constexpr double short_time_s = 9.95;
    if (duration_s < least_s) return "less than 0.1 s";
    return duration_s < short_time_s ? with_two_digits(duration_s) + " s" : duration_text(duration_s);
}

// "12/s", "8.4/s", "1.5/min"
std::string rate_text(double per_second) {
    constexpr double slowest_in_seconds = 0.1;
    return per_second < slowest_in_seconds ? with_two_digits(per_second * 60.0) + "/min"
                                           : with_two_digits(per_second) + "/s";
}

std::string real_time_text(const BatchCounts& counts) {
    return with_two_digits(counts.audio_s / counts.elapsed_s) + "x real time";
}

bool has_rates(const BatchCounts& counts) { return counts.elapsed_s >= shortest_for_rates_s; }

// ", 8.4/s, 845x real time"
std::string rates(const BatchCounts& counts, const char* separator) {
    std::string text;
    if (!has_rates(counts)) return text;
    if (counts.done_count() > 0)
        text = separator + rate_text(static_cast<double>(counts.done_count()) / counts.elapsed_s);
    if (counts.audio_s > 0.0) text += (text.empty() ? separator : ", ") + real_time_text(counts);
    return text;
}

std::string time_left(const BatchCounts& counts) {
    const std::optional<double> share = done_share(counts);
    if (!share || *share <= 0.0 || *share >= 1.0 || counts.elapsed_s < shortest_for_time_left_s) return "";
    return ", " + duration_text(counts.elapsed_s * (1.0 - *share) / *share) + " left";
}

std::string of_single_file(const BatchCounts& counts) {
    std::string text = duration_text(counts.audio_s);
    if (counts.declared_s > 0.0) text += " of " + duration_text(std::max(counts.audio_s, counts.declared_s));
    return text + rates(counts, ", ") + time_left(counts);
}

}  // namespace

std::optional<double> done_share(const BatchCounts& counts) {
    if (!counts.file_count || *counts.file_count == 0) return std::nullopt;
    if (*counts.file_count == 1 && counts.done_count() == 0 && counts.declared_s <= 0.0) return std::nullopt;
    const double done = static_cast<double>(counts.done_count()) + counts.in_work;
    return std::min(1.0, done / static_cast<double>(*counts.file_count));
}

std::string progress_text(const BatchCounts& counts) {
    if (counts.file_count == 1 && counts.done_count() == 0) return of_single_file(counts);
    if (!counts.file_count && counts.done_count() == 0 && counts.audio_s <= 0.0) return "looking for audio files";
    std::string text = counts.file_count
                           ? std::to_string(counts.done_count()) + "/" + std::to_string(*counts.file_count) + " files"
                           : counted(counts.done_count(), "file");
    if (counts.failed_count > 0) text += ", " + std::to_string(counts.failed_count) + " failed";
    return text + rates(counts, ", ") + time_left(counts);
}

std::string work_rate(const BatchCounts& counts) { return elapsed_text(counts.elapsed_s) + rates(counts, ": "); }

std::string summary(const BatchCounts& counts) {
    std::string text = counted(counts.tagged_count, "file") + " tagged";
    if (counts.warning_count > 0) text += " (" + std::to_string(counts.warning_count) + " with a warning)";
    if (counts.failed_count > 0) text += ", " + std::to_string(counts.failed_count) + " failed";
    return text + ", in " + work_rate(counts);
}

}  // namespace earmark
