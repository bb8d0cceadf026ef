#include "search/query_numbers.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace earmark {
namespace {

// "1:02:03": each place has the 60th part of the one before it.
std::optional<double> clock_seconds(const std::string& text) {
    double seconds = 0.0;
    int place_count = 0;
    for (std::size_t start = 0; start <= text.size(); ++place_count) {
        const std::size_t end = std::min(text.find(':', start), text.size());
        const std::optional<double> number = query_number(text.substr(start, end - start));
        if (!number || place_count == 3 || (place_count > 0 && *number >= 60.0)) return std::nullopt;
        seconds = seconds * 60.0 + *number;
        start = end + 1;
    }
    return std::isfinite(seconds) ? std::optional(seconds) : std::nullopt;
}

std::optional<double> seconds_of_unit(char unit) {
    if (unit == 's') return 1.0;
    if (unit == 'm') return 60.0;
    if (unit == 'h') return 3600.0;
    return std::nullopt;
}

}  // namespace

std::optional<double> query_number(const std::string& text) {
    double number = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
    const bool is_number = error == std::errc() && end == text.data() + text.size() && std::isfinite(number);
    return is_number && number >= 0.0 ? std::optional(number) : std::nullopt;
}

std::optional<double> query_seconds(const std::string& text) {
    if (text.find(':') != std::string::npos) return clock_seconds(text);
    if (const std::optional<double> number = query_number(text)) return number;
    double seconds = 0.0;
    std::string number_text;
    for (const char character : text) {
        const std::optional<double> factor = seconds_of_unit(character);
        if (!factor) {
            if (character != ' ') number_text += character;
            continue;
        }
        const std::optional<double> number = query_number(number_text);
        if (!number) return std::nullopt;
        seconds += *number * *factor;
        number_text.clear();
    }
    const bool is_duration = number_text.empty() && !text.empty() && std::isfinite(seconds);
    return is_duration ? std::optional(seconds) : std::nullopt;
}

std::optional<NumberRange> query_range(const std::string& text, ReadNumber read) {
    const std::size_t dots = text.find("..");
    if (dots == std::string::npos) {
        const std::optional<double> number = read(text);
        return number ? std::optional(NumberRange{*number, *number}) : std::nullopt;
    }
    const std::string first = text.substr(0, dots);
    const std::string last = text.substr(dots + 2);
    NumberRange range;
    if (!first.empty()) {
        const std::optional<double> low = read(first);
        if (!low) return std::nullopt;
        range.low = *low;
    }
    if (!last.empty()) {
        const std::optional<double> high = read(last);
        if (!high) return std::nullopt;
        range.high = *high;
    }
    const bool is_range = !(first.empty() && last.empty()) && range.low <= range.high;
    return is_range ? std::optional(range) : std::nullopt;
}

NumberRange compared_with(const std::string& comparison, double number) {
    NumberRange range;
    if (comparison.front() != '<') range.low = number;
    if (comparison.front() != '>') range.high = number;
    range.has_low = comparison != ">";
    range.has_high = comparison != "<";
    return range;
}

std::string shortest_text(double number) {
    char text[400];
    const auto [end, error] = std::to_chars(text, text + sizeof text, number, std::chars_format::fixed);
    return {text, end};
}

}  // namespace earmark
