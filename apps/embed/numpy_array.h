#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace earmark {

// Arrays in NumPy's format, version 1.0 (numpy.lib.format), little-endian, rows one after the other.

/// The bytes of an .npy file. REQUIRES: as many values as the product of `shape`.
std::string npy(std::span<const float> values, const std::vector<std::size_t>& shape);
std::string npy(std::span<const double> values, const std::vector<std::size_t>& shape);
std::string npy(std::span<const std::int64_t> values, const std::vector<std::size_t>& shape);

/// Of booleans, 0 or 1.
std::string npy(std::span<const std::uint8_t> values, const std::vector<std::size_t>& shape);

/// What the values of an array of float32 follow in an .npy file.
std::string npy_header(const std::vector<std::size_t>& shape);

/// Rounded to float16.
std::string npy_float16(std::span<const float> values, const std::vector<std::size_t>& shape);

/// One dimension of Unicode texts. Bytes that are not UTF-8 become surrogates, as Python's os.fsdecode has it.
std::string npy(std::span<const std::string> texts);

/// An array that was read.
struct NumpyArray {
    std::string type;  ///< "<f4", "<f2", "<f8", "<i8", "|b1", or "<U" with the longest length
    std::vector<std::size_t> shape;
    std::string_view data;  ///< of the bytes that were read
};

/// Throws Error (unreadable) that starts with `name` when this is no array of one of the types of NumpyArray.
NumpyArray parse_npy(std::string_view bytes, const std::string& name);

/// The numbers of an array of float16, float32 or float64. Throws Error (unreadable) for other types.
std::vector<float> floats(const NumpyArray& array, const std::string& name);
/// Likewise the values of an array of int64, of bool (0 or 1), of float64, and of Unicode texts.
std::vector<std::int64_t> whole_numbers(const NumpyArray& array, const std::string& name);
std::vector<std::uint8_t> booleans(const NumpyArray& array, const std::string& name);
std::vector<double> doubles(const NumpyArray& array, const std::string& name);
std::vector<std::string> texts(const NumpyArray& array, const std::string& name);

}  // namespace earmark
