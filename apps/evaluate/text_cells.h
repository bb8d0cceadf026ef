#pragma once

#include <iomanip>
#include <optional>
#include <sstream>
#include <string>

#include "apps/common/terminal.h"
#include "metrics/bootstrap.h"

namespace earmark {

inline constexpr std::size_t metric_name_width = 17;  // "average precision"

enum class Sign { if_negative, always };

/// "0.7781", "+0.0269", "-" for nothing.
inline std::string metric_text(const std::optional<double>& value, Sign sign = Sign::if_negative, int digits = 4) {
    if (!value) return "-";
    std::ostringstream text;
    if (sign == Sign::always) text << std::showpos;
    text << std::fixed << std::setprecision(digits) << *value;
    return text.str();
}

/// "0.7512 to 0.8034", "-" for nothing, and where all resamples agree: such an interval would mislead.
inline std::string interval_text(const std::optional<Interval>& interval, Sign sign = Sign::if_negative) {
    if (!interval || interval->low == interval->high) return "-";
    return metric_text(interval->low, sign) + " to " + metric_text(interval->high, sign);
}

/// `text` after as many spaces as bring it to `width` columns.
inline std::string right(const std::string& text, std::size_t width) {
    const std::size_t taken = display_width(text);
    return std::string(taken < width ? width - taken : 0, ' ') + text;
}

}  // namespace earmark
