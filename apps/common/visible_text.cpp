#include "apps/common/visible_text.h"

#include <nlohmann/json.hpp>

namespace earmark {
namespace {

constexpr std::string_view digits = "0123456789abcdef";

std::string two_digits(unsigned char byte) { return {digits[byte / 16U], digits[byte % 16U]}; }

std::string escape(char control) {
    switch (control) {
        case '\n': return "\\n";
        case '\r': return "\\r";
        case '\t': return "\\t";
        default: return "\\x" + two_digits(static_cast<unsigned char>(control));
    }
}

// The controls of more than one byte, as the text begins with one: those of Latin-1 (U+0080 to U+009F), marks of the
// direction of writing and separators (U+200E, U+200F, U+2028 to U+202E, U+2066 to U+2069). Empty at any other text.
std::string escape_of_wide_control(std::string_view text) {
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    if (byte(0) == 0xC2 && byte(1) >= 0x80 && byte(1) < 0xA0)
        return "\\u00" + two_digits(static_cast<unsigned char>(byte(1)));
    if (byte(0) != 0xE2 || (byte(1) != 0x80 && byte(1) != 0x81)) return "";
    const unsigned low = (byte(1) - 0x80U) * 0x40U + (byte(2) - 0x80U);  // of U+20..
    const bool is_control = low == 0x0E || low == 0x0F || (low >= 0x28 && low <= 0x2E) || (low >= 0x66 && low <= 0x69);
    return is_control ? "\\u20" + two_digits(static_cast<unsigned char>(low)) : "";
}

}  // namespace

std::string as_utf8(std::string_view text) {
    const auto replace = nlohmann::json::error_handler_t::replace;
    return nlohmann::json::parse(nlohmann::json(text).dump(-1, ' ', false, replace)).get<std::string>();
}

std::string visible(std::string_view text) {
    const std::string characters = as_utf8(text);
    std::string shown;
    for (std::size_t i = 0; i < characters.size(); ++i) {
        const auto byte = static_cast<unsigned char>(characters[i]);
        const std::string wide = escape_of_wide_control(std::string_view(characters).substr(i));
        if (byte < 0x20 || byte == 0x7F)
            shown += escape(characters[i]);
        else if (!wide.empty())
            shown += wide;
        else
            shown += characters[i];
        if (!wide.empty()) i += byte == 0xC2 ? 1 : 2;
    }
    return shown;
}

std::string hexadecimal(std::string_view bytes) {
    std::string text;
    for (const char byte : bytes) text += two_digits(static_cast<unsigned char>(byte));
    return text;
}

}  // namespace earmark
