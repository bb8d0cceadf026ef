#include "metadata/json_line.h"

#include <nlohmann/json.hpp>

#include "base/utf8.h"
#include "metadata/byte_source.h"

namespace earmark::metadata {
namespace {

constexpr std::string_view digits = "0123456789abcdef";

std::string as_hexadecimal(std::string_view bytes) {
    std::string text;
    for (const char byte : bytes) {
        text += digits[static_cast<unsigned char>(byte) >> 4U];
        text += digits[static_cast<unsigned char>(byte) & 15U];
    }
    return text;
}

std::string from_hexadecimal(std::string_view text) {
    std::string bytes;
    for (std::size_t at = 0; at + 1 < text.size(); at += 2) {
        const std::size_t high = digits.find(text[at]);
        const std::size_t low = digits.find(text[at + 1]);
        if (high == std::string_view::npos || low == std::string_view::npos)
            throw Damage("'bytes': expected hexadecimal digits");
        bytes += static_cast<char>(high << 4U | low);
    }
    return bytes;
}

[[noreturn]] void expect(const char* name, const char* what) {
    throw Damage("'" + std::string(name) + "': expected " + what);
}

}  // namespace

nlohmann::json path_to_json(const std::filesystem::path& path) {
    if (is_utf8(path.native())) return path.native();
    return {{"bytes", as_hexadecimal(path.native())}};
}

std::filesystem::path path_from_json(const nlohmann::json& json) {
    std::filesystem::path path = json.is_string() ? json.get<std::string>() : from_hexadecimal(text_of(json, "bytes"));
    if (!path.is_absolute() || path.native().find('\0') != std::string::npos) expect("path", "one that begins with /");
    return path;
}

std::string json_line(const nlohmann::json& json) {
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

nlohmann::json parse_json_line(std::string_view line) {
    nlohmann::json json = nlohmann::json::parse(line, nullptr, false);
    if (!json.is_object()) throw Damage("expected a JSON object");
    return json;
}

const nlohmann::json& member(const nlohmann::json& json, const char* name) {
    const auto found = json.is_object() ? json.find(name) : json.end();
    if (found == json.end()) throw Damage("lacks '" + std::string(name) + "'");
    return *found;
}

std::uint64_t whole_number_of(const nlohmann::json& json, const char* name) {
    const nlohmann::json& number = member(json, name);
    if (!number.is_number_unsigned()) expect(name, "a whole number");
    return number.get<std::uint64_t>();
}

std::int64_t signed_number_of(const nlohmann::json& json, const char* name) {
    const nlohmann::json& number = member(json, name);
    if (!number.is_number_integer()) expect(name, "a whole number");
    return number.get<std::int64_t>();
}

bool truth_of(const nlohmann::json& json, const char* name) {
    const nlohmann::json& truth = member(json, name);
    if (!truth.is_boolean()) expect(name, "true or false");
    return truth.get<bool>();
}

std::string text_of(const nlohmann::json& json, const char* name) {
    const nlohmann::json& text = member(json, name);
    if (!text.is_string()) expect(name, "a text");
    return text.get<std::string>();
}

Values texts_of(const nlohmann::json& json, const char* name) {
    const nlohmann::json& list = member(json, name);
    if (!list.is_array()) expect(name, "a list of texts");
    Values texts;
    for (const nlohmann::json& text : list) {
        if (!text.is_string()) expect(name, "a list of texts");
        texts.push_back(text.get<std::string>());
    }
    return texts;
}

}  // namespace earmark::metadata
