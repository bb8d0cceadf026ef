#include "model/text.h"

#include <nlohmann/json.hpp>

#include "base/utf8.h"

namespace earmark {
namespace {

using Json = nlohmann::json;

constexpr std::size_t greatest_quoted_bytes = 80;

bool has_control_characters(std::string_view text, std::string_view allowed) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if ((byte < 0x20 || byte == 0x7F) && allowed.find(text[i]) == std::string_view::npos) return true;
        // U+0080 to U+009F: the control characters of Latin-1.
        if (byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0) return true;
    }
    return false;
}

}  // namespace

bool is_one_line(std::string_view text) { return !has_control_characters(text, "") && is_utf8(text); }

bool is_lines(std::string_view text) { return !has_control_characters(text, "\n\t") && is_utf8(text); }

std::string quotation(std::string_view text) {
    std::string result = Json(text).dump(-1, ' ', true, Json::error_handler_t::replace);
    if (result.size() > greatest_quoted_bytes) result = result.substr(0, greatest_quoted_bytes) + "...\"";
    return result;
}

std::string path_word(std::string_view key) {
    constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.";
    const bool is_plain =
        !key.empty() && key.size() <= greatest_quoted_bytes && key.find_first_not_of(plain) == std::string_view::npos;
    return is_plain ? std::string(key) : quotation(key);
}

}  // namespace earmark
