#include "apps/embed/numpy_array.h"

#include <utf8proc.h>

#include <algorithm>
#include <bit>
#include <cassert>
#include <charconv>
#include <cstring>
#include <functional>
#include <numeric>
#include <regex>

#include "base/float16.h"
#include "earmark/error.h"

namespace earmark {
namespace {

static_assert(std::endian::native == std::endian::little);

constexpr std::string_view magic{"\x93NUMPY\x01\x00", 8};
constexpr std::size_t alignment = 64;  // of the data

[[maybe_unused]] std::size_t value_count(const std::vector<std::size_t>& shape) {
    return std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
}

std::string shape_text(const std::vector<std::size_t>& shape) {
    std::string text = "(";
    for (const std::size_t size : shape) text += std::to_string(size) + (shape.size() == 1 ? "," : ", ");
    if (shape.size() > 1) text.resize(text.size() - 2);
    return text + ")";
}

std::string header(const std::string& type, const std::vector<std::size_t>& shape) {
    std::string text = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape_text(shape) + ", }";
    const std::size_t length = magic.size() + 2 + text.size() + 1;
    text.append((alignment - length % alignment) % alignment, ' ');
    text += '\n';
    const auto size = static_cast<std::uint16_t>(text.size());
    std::string bytes(magic);
    bytes += static_cast<char>(size & 0xFFU);
    bytes += static_cast<char>(size >> 8U);
    return bytes + text;
}

template <typename Value>
std::string array(const std::string& type, std::span<const Value> values, const std::vector<std::size_t>& shape) {
    assert(values.size() == value_count(shape));
    std::string bytes = header(type, shape);
    const std::size_t first = bytes.size();
    bytes.resize(first + values.size_bytes());
    if (!values.empty()) std::memcpy(bytes.data() + first, values.data(), values.size_bytes());
    return bytes;
}

template <typename Value>
std::vector<Value> values_of(const NumpyArray& array) {
    std::vector<Value> values(array.data.size() / sizeof(Value));
    if (!values.empty()) std::memcpy(values.data(), array.data.data(), values.size() * sizeof(Value));
    return values;
}

constexpr char32_t first_surrogate_of_bytes = 0xDC80;  // of byte 0x80, as PEP 383 has it

std::u32string code_points(const std::string& text) {
    std::u32string points;
    for (std::size_t i = 0; i < text.size();) {
        utf8proc_int32_t point = -1;
        const auto* place = reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + i;
        const utf8proc_ssize_t length = utf8proc_iterate(place, static_cast<utf8proc_ssize_t>(text.size() - i), &point);
        if (length > 0) {
            points += static_cast<char32_t>(point);
            i += static_cast<std::size_t>(length);
        } else {
            points += static_cast<char32_t>(first_surrogate_of_bytes + (static_cast<unsigned char>(text[i++]) - 0x80U));
        }
    }
    return points;
}

void append(char32_t point, std::string& text) {
    if (point >= first_surrogate_of_bytes && point < first_surrogate_of_bytes + 0x80) {
        text += static_cast<char>(point - first_surrogate_of_bytes + 0x80);
        return;
    }
    utf8proc_uint8_t bytes[4];
    const utf8proc_ssize_t length = utf8proc_encode_char(static_cast<utf8proc_int32_t>(point), bytes);
    text.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(std::max<utf8proc_ssize_t>(0, length)));
}

[[noreturn]] void fail(const std::string& name, const std::string& expected) {
    throw Error(ErrorCode::unreadable, name + ": expected " + expected);
}

std::size_t item_size(const std::string& type, const std::string& name) {
    if (type == "|b1") return 1;
    if (type == "<f2") return 2;
    if (type == "<f4") return 4;
    if (type == "<f8" || type == "<i8") return 8;
    std::size_t length = 0;
    if (type.starts_with("<U") &&
        std::from_chars(type.data() + 2, type.data() + type.size(), length).ec == std::errc() && length > 0 &&
        length < (1U << 20U))
        return length * sizeof(char32_t);
    fail(name, "an array of numbers or Unicode texts, found type " + type);
}

std::vector<std::size_t> parse_shape(const std::string& text, const std::string& name) {
    std::vector<std::size_t> shape;
    const char* end = text.data() + text.size();
    for (const char* place = text.data(); place < end;) {
        std::size_t size = 0;
        const auto [next, error] = std::from_chars(place, end, size);
        if (error != std::errc() || size > (std::size_t{1} << 40U)) fail(name, "a shape of whole numbers");
        shape.push_back(size);
        place = std::find_if(next, end, [](char c) { return c >= '0' && c <= '9'; });
    }
    return shape;
}

}  // namespace

std::string npy_header(const std::vector<std::size_t>& shape) { return header("<f4", shape); }

std::string npy(std::span<const float> values, const std::vector<std::size_t>& shape) {
    return array("<f4", values, shape);
}

std::string npy(std::span<const double> values, const std::vector<std::size_t>& shape) {
    return array("<f8", values, shape);
}

std::string npy(std::span<const std::int64_t> values, const std::vector<std::size_t>& shape) {
    return array("<i8", values, shape);
}

std::string npy(std::span<const std::uint8_t> values, const std::vector<std::size_t>& shape) {
    return array("|b1", values, shape);
}

std::string npy_float16(std::span<const float> values, const std::vector<std::size_t>& shape) {
    std::vector<std::uint16_t> halves(values.size());
    halves_from_floats(values, halves);
    return array("<f2", std::span<const std::uint16_t>(halves), shape);
}

std::string npy(std::span<const std::string> texts) {
    std::vector<std::u32string> points;
    std::size_t longest = 1;
    for (const std::string& text : texts) {
        points.push_back(code_points(text));
        longest = std::max(longest, points.back().size());
    }
    std::u32string all;
    all.reserve(longest * texts.size());
    for (std::u32string& text : points) {
        text.resize(longest, U'\0');
        all += text;
    }
    std::string bytes = header("<U" + std::to_string(longest), {texts.size()});
    return bytes.append(reinterpret_cast<const char*>(all.data()), all.size() * sizeof(char32_t));
}

NumpyArray parse_npy(std::string_view bytes, const std::string& name) {
    if (!bytes.starts_with(magic) || bytes.size() < magic.size() + 2) fail(name, "a NumPy array (.npy, version 1.0)");
    const std::size_t size = static_cast<unsigned char>(bytes[8]) + 256U * static_cast<unsigned char>(bytes[9]);
    const std::size_t first = magic.size() + 2;
    if (bytes.size() < first + size) fail(name, "a whole NumPy array");
    const std::string text(bytes.substr(first, size));
    static const std::regex fields(
        R"(\{'descr': '([^']*)', 'fortran_order': False, 'shape': \(([0-9, ]*)\),? *\} *\n?)");
    std::smatch match;
    if (!std::regex_match(text, match, fields)) fail(name, "a NumPy array of one type, rows one after the other");
    NumpyArray array{match[1], parse_shape(match[2], name), bytes.substr(first + size)};
    std::size_t expected = item_size(array.type, name);
    for (const std::size_t length : array.shape) {
        if (length != 0 && expected > array.data.size() / length) fail(name, "a whole NumPy array");
        expected *= length;
    }
    if (array.data.size() != expected) fail(name, std::to_string(expected) + " bytes of data");
    return array;
}

std::vector<float> floats(const NumpyArray& array, const std::string& name) {
    if (array.type == "<f4") return values_of<float>(array);
    if (array.type == "<f8") {
        const std::vector<double> values = values_of<double>(array);
        return {values.begin(), values.end()};
    }
    if (array.type != "<f2") fail(name, "floating-point numbers, found type " + array.type);
    const std::vector<std::uint16_t> halves = values_of<std::uint16_t>(array);
    std::vector<float> values(halves.size());
    floats_from_halves(halves, values);
    return values;
}

std::vector<std::int64_t> whole_numbers(const NumpyArray& array, const std::string& name) {
    if (array.type != "<i8") fail(name, "whole numbers of 64 bits, found type " + array.type);
    return values_of<std::int64_t>(array);
}

std::vector<std::uint8_t> booleans(const NumpyArray& array, const std::string& name) {
    if (array.type != "|b1") fail(name, "booleans, found type " + array.type);
    std::vector<std::uint8_t> values = values_of<std::uint8_t>(array);
    if (std::ranges::any_of(values, [](std::uint8_t value) { return value > 1; })) fail(name, "booleans of 0 or 1");
    return values;
}

std::vector<double> doubles(const NumpyArray& array, const std::string& name) {
    if (array.type != "<f8") fail(name, "numbers of float64, found type " + array.type);
    return values_of<double>(array);
}

std::vector<std::string> texts(const NumpyArray& array, const std::string& name) {
    if (!array.type.starts_with("<U") || array.shape.size() != 1) fail(name, "texts, found type " + array.type);
    const auto points = values_of<char32_t>(array);
    const std::size_t length = item_size(array.type, name) / sizeof(char32_t);
    std::vector<std::string> texts(array.shape[0]);
    for (std::size_t i = 0; i < texts.size(); ++i)
        for (const char32_t point : std::span(points).subspan(i * length, length))
            if (point != U'\0') append(point, texts[i]);
    return texts;
}

}  // namespace earmark
