#pragma once

#include <array>
#include <charconv>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <string>

#include "earmark/error.h"
#include "model/text.h"

namespace earmark {

[[noreturn]] inline void fail_field(const std::string& field, const std::string& value, const std::string& expected) {
    throw Error(ErrorCode::invalid_model, field + " is " + value + ": expected " + expected);
}

/// With as few digits as distinguish it from its neighbors.
template <std::floating_point Number>
std::string number_text(Number value) {
    std::array<char, 32> text{};
    const auto written = std::to_chars(text.data(), text.data() + text.size(), value);
    return {text.data(), written.ptr};
}

inline std::string indexed(const std::string& list, std::size_t index) {
    return list + '[' + std::to_string(index) + ']';
}

// Written so that not-a-number fails.
inline void require_probability(const std::string& field, float value) {
    if (!(0.0F <= value && value <= 1.0F)) fail_field(field, number_text(value), "a number from 0 to 1");
}

inline void require_deviation(const std::string& field, float value) {
    if (!(std::isnormal(value) && value > 0.0F))
        fail_field(field, number_text(value), "a finite number greater than 0");
}

inline void require_one_line(const std::string& field, const std::string& text) {
    if (!is_one_line(text)) fail_field(field, quotation(text), "UTF-8 without control characters");
}

inline void require_lines(const std::string& field, const std::string& text) {
    if (!is_lines(text))
        fail_field(field, quotation(text), "UTF-8 without control characters but line breaks and tabs");
}

}  // namespace earmark
