#include "metadata/text.h"

#include <algorithm>
#include <cstdint>

#include "metadata/binary.h"

namespace earmark::metadata {
namespace {

constexpr std::uint32_t replacement = 0xFFFD;

void append_utf8(std::string& text, std::uint32_t point) {
    const auto add = [&text](std::uint32_t byte) { text += static_cast<char>(byte); };
    if (point < 0x80) return add(point);
    if (point < 0x800) {
        add(0xC0U | point >> 6U);
    } else if (point < 0x10000) {
        add(0xE0U | point >> 12U);
        add(0x80U | (point >> 6U & 0x3FU));
    } else {
        add(0xF0U | point >> 18U);
        add(0x80U | (point >> 12U & 0x3FU));
        add(0x80U | (point >> 6U & 0x3FU));
    }
    add(0x80U | (point & 0x3FU));
}

bool is_high_surrogate(std::uint32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low_surrogate(std::uint32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

// The next code point of UTF-8, or U+FFFD for a byte that belongs to none.
std::uint32_t next_point(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t index) {
        return index < text.size() ? static_cast<unsigned char>(text[index]) : 0U;
    };
    const std::uint32_t first = byte(at);
    const std::size_t more = first < 0x80 ? 0 : first >= 0xF0 && first < 0xF8 ? 3 : first >= 0xE0 ? 2 : 1;
    std::uint32_t point = more == 0 ? first : first & (0x3FU >> more);
    const bool is_start = first < 0x80 || (first >= 0xC2 && first < 0xF5);
    for (std::size_t i = 1; is_start && i <= more; ++i) {
        if ((byte(at + i) & 0xC0U) != 0x80U) return ++at, replacement;
        point = point << 6U | (byte(at + i) & 0x3FU);
    }
    at += is_start ? more + 1 : 1;
    return is_start && point < 0x110000 && !is_high_surrogate(point) && !is_low_surrogate(point) ? point : replacement;
}

char upper(char letter) { return 'a' <= letter && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter; }

}  // namespace

std::string latin1_to_utf8(std::string_view bytes) {
    std::string text;
    for (const char byte : bytes) append_utf8(text, static_cast<unsigned char>(byte));
    return text;
}

std::string utf16_to_utf8(std::string_view bytes, bool is_big_endian) {
    if (bytes.starts_with("\xFF\xFE")) is_big_endian = false;
    if (bytes.starts_with("\xFE\xFF")) is_big_endian = true;
    const auto unit = [&](std::size_t at) {
        return static_cast<std::uint32_t>(is_big_endian ? big_endian(bytes, at, 2) : little_endian(bytes, at, 2));
    };
    std::string text;
    for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
        const std::uint32_t first = unit(at);
        if (at == 0 && first == 0xFEFF) continue;
        const bool is_pair = is_high_surrogate(first) && at + 3 < bytes.size() && is_low_surrogate(unit(at + 2));
        if (is_pair) {
            append_utf8(text, 0x10000 + ((first - 0xD800) << 10U) + (unit(at + 2) - 0xDC00));
            at += 2;
        } else {
            append_utf8(text, is_high_surrogate(first) || is_low_surrogate(first) ? replacement : first);
        }
    }
    return text;
}

std::string utf8_to_utf16(std::string_view text) {
    std::string bytes;
    for (std::size_t at = 0; at < text.size();) {
        const std::uint32_t point = next_point(text, at);
        if (point < 0x10000) {
            bytes += as_little_endian(point, 2);
        } else {
            bytes += as_little_endian(0xD800 + ((point - 0x10000) >> 10U), 2);
            bytes += as_little_endian(0xDC00 + ((point - 0x10000) & 0x3FFU), 2);
        }
    }
    return bytes;
}

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char letter) { return static_cast<unsigned char>(letter) < 0x80; });
}

bool equal_without_case(std::string_view one, std::string_view other) {
    return std::ranges::equal(one, other, {}, upper, upper);
}

std::string upper_case(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), upper);
    return result;
}

std::string joined(const std::vector<std::string>& values, std::string_view separator) {
    std::string text;
    for (const std::string& value : values) {
        if (!text.empty()) text += separator;
        text += value;
    }
    return text;
}

std::vector<std::string> split(std::string_view text, std::string_view separator) {
    std::vector<std::string> parts;
    for (;;) {
        const std::size_t end = text.find(separator);
        parts.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + separator.size());
    }
}

std::string trimmed(std::string_view text) {
    const auto is_blank = [](char letter) { return static_cast<unsigned char>(letter) <= ' '; };
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return std::string(text);
}

}  // namespace earmark::metadata
