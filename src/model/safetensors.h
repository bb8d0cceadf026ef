#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace earmark::safetensors {

/// A tensor in a file: its data is within the bytes that were parsed or will be written. Numbers are little-endian,
/// the last index of the shape runs fastest.
struct Tensor {
    std::string name;
    std::string type;  ///< "F32", "F16", "I64", ...
    std::vector<std::uint64_t> shape;
    std::span<const std::byte> data;
};

/// The contents of a safetensors file: https://github.com/huggingface/safetensors#format. Knows nothing of Earmark.
struct Contents {
    std::map<std::string, std::string> metadata;
    std::vector<Tensor> tensors;
};

/// Greatest length of a header that is read.
inline constexpr std::uint64_t greatest_header_bytes = 8U << 20U;

/// The start of the bytes looks like a safetensors file, whole or damaged: a header length in bounds, and a '{'.
bool looks_like_safetensors(std::span<const std::byte> bytes) noexcept;

/// Parses a whole file. Tensors are in the order of their data, which covers the rest of the file without gap or
/// overlap, and each shape agrees with the length of its data. Throws Error (invalid_model) that names the field, as
/// 'header.NAME.shape'. The result points into `bytes`. REQUIRES: looks_like_safetensors(bytes).
Contents parse(std::span<const std::byte> bytes);

/// The bytes of a file, its tensors in the order given. The header is padded with spaces, so that the data starts at a
/// multiple of 8 bytes.
std::vector<std::byte> serialize(const Contents& contents);

}  // namespace earmark::safetensors
