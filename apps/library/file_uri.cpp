#include "apps/library/file_uri.h"

#include <charconv>
#include <string_view>

namespace earmark {
namespace {

constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/!$&'()*+,;=@";

std::string escaped(const std::string& bytes) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text;
    for (const char character : bytes) {
        const auto byte = static_cast<unsigned char>(character);
        if (plain.find(character) != std::string_view::npos)
            text += character;
        else
            text += {'%', digits[byte / 16U], digits[byte % 16U]};
    }
    return text;
}

std::optional<std::string> unescaped(std::string_view text) {
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            bytes += text[i];
            continue;
        }
        unsigned char byte = 0;
        if (i + 2 >= text.size()) return std::nullopt;
        const auto [end, error] = std::from_chars(text.data() + i + 1, text.data() + i + 3, byte, 16);
        if (error != std::errc() || end != text.data() + i + 3 || byte == 0) return std::nullopt;
        bytes += static_cast<char>(byte);
        i += 2;
    }
    return bytes;
}

}  // namespace

std::string file_uri(const std::filesystem::path& path) {
    return (path.is_absolute() ? "file://" : "") + escaped(path.string());
}

std::optional<std::filesystem::path> path_of_uri(const std::string& uri) {
    std::string_view rest = uri;
    for (const std::string_view start : {"file://localhost/", "file:///", "file:/"})
        if (rest.starts_with(start) && !rest.substr(start.size()).starts_with('/')) {
            rest.remove_prefix(start.size() - 1);
            return unescaped(rest);
        }
    const std::size_t colon = rest.find(':');
    const bool has_scheme = colon != std::string_view::npos && colon < rest.find('/');
    return has_scheme ? std::nullopt : unescaped(rest);
}

}  // namespace earmark
