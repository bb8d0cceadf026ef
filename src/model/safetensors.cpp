#include "model/safetensors.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "base/counted.h"
#include "earmark/error.h"
#include "model/strict_json.h"
#include "model/text.h"

namespace earmark::safetensors {
namespace {

constexpr std::size_t length_bytes = 8;
constexpr std::size_t alignment_bytes = 8;
constexpr char metadata_key[] = "__metadata__";

[[noreturn]] void invalid(const std::string& message) { throw Error(ErrorCode::invalid_model, message); }

std::optional<std::uint64_t> element_bytes(std::string_view type) {
    static constexpr std::pair<std::string_view, std::uint64_t> sizes[] = {
        {"BOOL", 1}, {"U8", 1},  {"I8", 1},  {"U16", 2}, {"I16", 2}, {"F16", 2}, {"BF16", 2},
        {"U32", 4},  {"I32", 4}, {"F32", 4}, {"U64", 8}, {"I64", 8}, {"F64", 8},
    };
    for (const auto& [name, size] : sizes) {
        if (name == type) return size;
    }
    return std::nullopt;
}

std::uint64_t header_length(std::span<const std::byte> bytes) noexcept {
    std::uint64_t length = 0;
    for (std::size_t i = 0; i < length_bytes; ++i) length |= std::to_integer<std::uint64_t>(bytes[i]) << (8 * i);
    return length;
}

std::string_view header_text(std::span<const std::byte> bytes) {
    const std::uint64_t length = header_length(bytes);
    const std::uint64_t there = bytes.size() - length_bytes;
    if (length > there) {
        invalid("header length is " + counted(length, "byte") + ", but only " + std::to_string(there) +
                (there == 1 ? " follows" : " follow") + ": the file is cut short or damaged");
    }
    const auto header = bytes.subspan(length_bytes, static_cast<std::size_t>(length));
    return {reinterpret_cast<const char*>(header.data()), header.size()};
}

std::map<std::string, std::string> read_metadata(const JsonField& field, const Json& object) {
    if (!object.is_object()) field.fail("an object");
    std::map<std::string, std::string> metadata;
    for (const auto& [key, value] : object.items()) metadata.emplace(key, field.member(key).text());
    return metadata;
}

/// Bytes that a shape takes, or nothing when they do not fit 64 bits.
std::optional<std::uint64_t> shape_bytes(const std::vector<std::uint64_t>& shape, std::uint64_t bytes_each) {
    std::uint64_t product = bytes_each;
    for (const std::uint64_t size : shape) {
        if (size != 0 && product > std::numeric_limits<std::uint64_t>::max() / size) return std::nullopt;
        product *= size;
    }
    return product;
}

std::vector<std::uint64_t> read_shape(const JsonField& field) {
    constexpr std::size_t greatest_dimension_count = 8;
    const std::size_t count = field.element_count();
    if (count > greatest_dimension_count) field.fail("of at most 8 dimensions");
    std::vector<std::uint64_t> shape(count);
    for (std::size_t i = 0; i < count; ++i) shape[i] = field.element(i).unsigned_integer();
    return shape;
}

Tensor read_tensor(const std::string& name, const JsonField& field, std::span<const std::byte> data) {
    field.require_keys({"dtype", "shape", "data_offsets"});
    Tensor tensor{name, field.member("dtype").text(), read_shape(field.member("shape")), {}};
    const auto bytes_each = element_bytes(tensor.type);
    if (!bytes_each) field.member("dtype").fail("a type of number that safetensors has");

    const JsonField offsets = field.member("data_offsets");
    if (offsets.element_count() != 2) offsets.fail("[begin, end]");
    const std::uint64_t begin = offsets.element(0).unsigned_integer();
    const std::uint64_t end = offsets.element(1).unsigned_integer();
    if (begin > end || end > data.size()) {
        invalid(offsets.path() + " [" + std::to_string(begin) + ", " + std::to_string(end) + "] are not within the " +
                counted(data.size(), "byte") + " of data behind the header: the file is cut short or damaged");
    }
    if (shape_bytes(tensor.shape, *bytes_each) != end - begin) {
        invalid(offsets.path() + " hold " + counted(end - begin, "byte") + ", which the shape does not fill");
    }
    tensor.data = data.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
    return tensor;
}

void check_coverage(const std::vector<Tensor>& tensors, std::span<const std::byte> data) {
    const std::byte* expected = data.data();
    for (const Tensor& tensor : tensors) {
        if (tensor.data.data() != expected) {
            invalid("header." + path_word(tensor.name) + ".data_offsets must begin at " +
                    std::to_string(expected - data.data()) + ", not " +
                    std::to_string(tensor.data.data() - data.data()) + ": data must have no gap or overlap");
        }
        expected += tensor.data.size();
    }
    if (expected != data.data() + data.size()) {
        const auto count = static_cast<std::uint64_t>(data.data() + data.size() - expected);
        invalid(counted(count, "byte") + " too many behind the data of the last tensor");
    }
}

std::string tensor_header(const Contents& contents) {
    using OrderedJson = nlohmann::ordered_json;  // keys as they are added, so that the text is always the same
    OrderedJson header = OrderedJson::object();
    if (!contents.metadata.empty()) header[metadata_key] = contents.metadata;
    std::size_t offset = 0;
    for (const Tensor& tensor : contents.tensors) {
        const std::size_t end = offset + tensor.data.size();
        header[tensor.name] = {{"dtype", tensor.type}, {"shape", tensor.shape}, {"data_offsets", {offset, end}}};
        offset = end;
    }
    return header.dump();
}

}  // namespace

bool looks_like_safetensors(std::span<const std::byte> bytes) noexcept {
    return bytes.size() > length_bytes && header_length(bytes) <= greatest_header_bytes &&
           bytes[length_bytes] == std::byte{'{'};
}

Contents parse(std::span<const std::byte> bytes) {
    const std::string_view text = header_text(bytes);
    const Json header = parse_strictly(text, "header");
    const auto data = bytes.subspan(length_bytes + text.size());
    Contents contents;
    for (const auto& [name, value] : header.items()) {
        if (name == metadata_key) {
            contents.metadata = read_metadata({value, metadata_key}, value);
        } else {
            contents.tensors.push_back(read_tensor(name, {value, "header." + path_word(name)}, data));
        }
    }
    // Tensors without data share their offset with the next one: they come before it.
    std::sort(contents.tensors.begin(), contents.tensors.end(), [](const Tensor& a, const Tensor& b) {
        return std::pair(a.data.data(), a.data.size()) < std::pair(b.data.data(), b.data.size());
    });
    check_coverage(contents.tensors, data);
    return contents;
}

std::vector<std::byte> serialize(const Contents& contents) {
    std::string header = tensor_header(contents);
    if (header.size() > greatest_header_bytes - alignment_bytes) {
        invalid("header would be longer than " + std::to_string(greatest_header_bytes) + " bytes");
    }
    while ((length_bytes + header.size()) % alignment_bytes != 0) header += ' ';

    std::size_t size = length_bytes + header.size();
    for (const Tensor& tensor : contents.tensors) size += tensor.data.size();
    std::vector<std::byte> bytes;
    bytes.reserve(size);
    for (std::size_t i = 0; i < length_bytes; ++i) bytes.push_back(static_cast<std::byte>(header.size() >> (8 * i)));
    const auto header_bytes = std::as_bytes(std::span(header));
    bytes.insert(bytes.end(), header_bytes.begin(), header_bytes.end());
    for (const Tensor& tensor : contents.tensors) bytes.insert(bytes.end(), tensor.data.begin(), tensor.data.end());
    return bytes;
}

}  // namespace earmark::safetensors
