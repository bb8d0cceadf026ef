#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "earmark/error.h"
#include "earmark/model.h"
#include "model/serialize.h"
#include "tiny_model.h"

namespace earmark::test {

using Bytes = std::vector<std::byte>;
using OrderedJson = nlohmann::ordered_json;

/// Header, description and data of a model file without checksum, to be damaged one by one.
struct ModelParts {
    OrderedJson header;  ///< without the description
    OrderedJson description;
    Bytes data;
};

inline Bytes to_bytes(std::string_view text) {
    const auto bytes = std::as_bytes(std::span(text));
    return {bytes.begin(), bytes.end()};
}

/// A safetensors file with this header, right or wrong.
inline Bytes with_header(std::string header, const Bytes& data) {
    header.resize((header.size() + 7) / 8 * 8, ' ');
    const std::uint64_t length = header.size();
    Bytes bytes(sizeof(length));
    std::memcpy(bytes.data(), &length, sizeof(length));
    const Bytes text = to_bytes(header);
    bytes.insert(bytes.end(), text.begin(), text.end());
    bytes.insert(bytes.end(), data.begin(), data.end());
    return bytes;
}

inline std::string header_text(const Bytes& bytes) {
    std::uint64_t length = 0;
    std::memcpy(&length, bytes.data(), sizeof(length));
    return {reinterpret_cast<const char*>(bytes.data()) + sizeof(length), static_cast<std::size_t>(length)};
}

inline ModelParts parts_of(const Model& model) {
    const Bytes bytes = serialize_without_checksum(model);
    const std::string text = header_text(bytes);
    ModelParts parts{OrderedJson::parse(text), {}, {bytes.begin() + 8 + static_cast<long>(text.size()), bytes.end()}};
    parts.description = OrderedJson::parse(parts.header["__metadata__"]["description"].get<std::string>());
    return parts;
}

inline ModelParts tiny_model_parts() { return parts_of(tiny_model()); }

inline Bytes join(const ModelParts& parts) { return with_header(parts.header.dump(), parts.data); }

inline Bytes with_description(std::string description, ModelParts parts = tiny_model_parts()) {
    parts.header["__metadata__"]["description"] = std::move(description);
    return join(parts);
}

/// The error of parsing: nothing when the bytes are a model that passes its check.
struct Problem {
    ErrorCode code = ErrorCode::invalid_model;
    std::string message;         ///< without the name of the file
    bool is_well_formed = true;  ///< one line that starts with the name of the file
};

inline Problem problem_of(std::span<const std::byte> bytes) {
    const std::string name = "tiny.earmark";
    try {
        parse_model(bytes, name).check();
        return {};
    } catch (const Error& error) {
        const std::string message = error.what();
        bool is_well_formed = message.starts_with(name + ": ") && message.size() > name.size() + 2;
        for (const char character : message)
            is_well_formed = is_well_formed && static_cast<unsigned char>(character) >= 0x20;
        return {error.code(), is_well_formed ? message.substr(name.size() + 2) : message, is_well_formed};
    }
}

/// The message of the problem, when it is well formed and has the expected code.
inline std::string parse_problem(std::span<const std::byte> bytes, ErrorCode expected = ErrorCode::invalid_model) {
    const Problem problem = problem_of(bytes);
    if (!problem.is_well_formed) return "badly formed: " + problem.message;
    if (problem.code != expected && !problem.message.empty()) return "wrong code: " + problem.message;
    return problem.message;
}

inline Bytes file_bytes(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    return to_bytes(text);
}

/// A path as a name for a test: letters, digits and underscores.
inline std::string test_name(std::string text) {
    for (char& character : text) {
        if (std::isalnum(static_cast<unsigned char>(character)) == 0) character = '_';
    }
    return text;
}

}  // namespace earmark::test
