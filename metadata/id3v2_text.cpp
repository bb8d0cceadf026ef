#include "metadata/id3v2_text.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "metadata/id3v1_genres.h"
#include "metadata/text.h"

namespace earmark::metadata {
namespace {

enum Encoding : char { latin1 = 0, utf16 = 1, utf16_big_endian = 2, utf8 = 3 };

bool is_wide(char encoding) { return encoding == utf16 || encoding == utf16_big_endian; }

// Of the text at the front: to its NUL, or the end.
std::size_t length_of_first(std::string_view bytes, char encoding) {
    if (!is_wide(encoding)) return std::min(bytes.find('\0'), bytes.size());
    for (std::size_t at = 0; at + 1 < bytes.size(); at += 2)
        if (bytes[at] == '\0' && bytes[at + 1] == '\0') return at;
    return bytes.size();
}

std::string as_text(std::string_view bytes, char encoding) {
    if (encoding == utf8) return std::string(bytes);
    return is_wide(encoding) ? utf16_to_utf8(bytes, encoding == utf16_big_endian) : latin1_to_utf8(bytes);
}

std::vector<std::string> all_texts(std::string_view bytes, char encoding) {
    std::vector<std::string> texts;
    while (!bytes.empty()) texts.push_back(take_id3_text(bytes, encoding));
    return texts;
}

std::string number_as_genre(const std::string& text) {
    if (text == "RX") return "Remix";
    if (text == "CR") return "Cover";
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_number = error == std::errc() && end == text.data() + text.size();
    return std::string(is_number ? id3v1_genre(number).value_or(text) : std::string_view(text));
}

}  // namespace

std::string take_id3_text(std::string_view& bytes, char encoding) {
    const std::size_t length = length_of_first(bytes, encoding);
    std::string text = as_text(bytes.substr(0, length), encoding);
    bytes.remove_prefix(std::min(bytes.size(), length + (is_wide(encoding) ? 2 : 1)));
    return text;
}

std::string id3_description(std::string_view body, std::size_t first) {
    if (body.size() <= first) return {};
    const std::string_view rest = body.substr(first);
    return as_text(rest.substr(0, length_of_first(rest, body[0])), body[0]);
}

std::vector<std::string> id3_texts(std::string_view body, std::size_t first, bool has_description) {
    if (body.size() <= first) return {};
    std::vector<std::string> texts = all_texts(body.substr(first), body[0]);
    if (has_description && !texts.empty()) texts.erase(texts.begin());
    std::erase_if(texts, [](const std::string& text) { return trimmed(text).empty(); });
    return texts;
}

std::vector<std::string> id3_genres(const std::vector<std::string>& texts) {
    std::vector<std::string> genres;
    for (std::string text : texts) {
        for (std::size_t end = 0; text.starts_with('(') && !text.starts_with("((");) {
            end = text.find(')');
            if (end == std::string::npos) break;
            const std::string inside = text.substr(1, end - 1);
            const std::string genre = number_as_genre(inside);
            if (genre == inside) break;
            genres.push_back(genre);
            text.erase(0, end + 1);
        }
        if (text.starts_with("((")) text.erase(0, 1);
        // "(17)Rock" has the name once more.
        const std::string genre = number_as_genre(text);
        if (!genre.empty() && std::ranges::find(genres, genre) == genres.end()) genres.push_back(genre);
    }
    return genres;
}

std::vector<std::string> id3_split(const std::vector<std::string>& texts) {
    std::vector<std::string> values;
    for (const std::string& text : texts) {
        for (const std::string& part : split(text, ";"))
            if (std::string value = trimmed(part); !value.empty()) values.push_back(std::move(value));
    }
    return values;
}

std::string id3_text_body(int version, std::string_view before, const std::optional<std::string>& description,
                          const std::vector<std::string>& values) {
    const bool is_plain = std::ranges::all_of(values, is_ascii) && (!description || is_ascii(*description));
    const char encoding = is_plain ? latin1 : version == 4 ? utf8 : utf16;
    const auto encoded = [&](const std::string& text) {
        return encoding == utf16 ? "\xFF\xFE" + utf8_to_utf16(text) : text;
    };
    const std::string end(encoding == utf16 ? 2 : 1, '\0');
    std::string body{encoding};
    body += before;
    if (description) body += encoded(*description) + end;
    if (version < 4) return body + encoded(joined(values, "; "));
    std::vector<std::string> texts;
    texts.reserve(values.size());
    for (const std::string& value : values) texts.push_back(encoded(value));
    return body + joined(texts, end);
}

}  // namespace earmark::metadata
