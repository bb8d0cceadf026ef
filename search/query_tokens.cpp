#include "search/query_tokens.h"

#include <algorithm>

#include "earmark/error.h"

namespace earmark {
namespace {

constexpr std::string_view spaces = " \t\r\n\v\f";
constexpr std::string_view special = " \t\r\n\v\f\"():,<>=";

bool is_in(char character, std::string_view set) { return set.find(character) != std::string_view::npos; }

// The characters before a place, as a reader counts them: not the bytes that continue one of UTF-8.
std::size_t characters_before(const std::string& text, std::size_t place) {
    const auto is_start = [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; };
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(place), is_start));
}

QueryToken quoted_text(const std::string& text, std::size_t& place) {
    const std::size_t start = place++;
    QueryToken token{QueryToken::Kind::quoted, {}, start};
    for (; place < text.size() && text[place] != '"'; ++place) {
        const bool is_escape = text[place] == '\\' && place + 1 < text.size() && is_in(text[place + 1], "\"\\");
        if (is_escape) ++place;
        token.text += text[place];
    }
    if (place == text.size()) fail_at(text, start, "this quote does not end");
    ++place;
    return token;
}

QueryToken word(const std::string& text, std::size_t& place) {
    const std::size_t start = place;
    place = std::min(text.find_first_of(special, place), text.size());
    return {QueryToken::Kind::word, text.substr(start, place - start), start};
}

QueryToken comparison(const std::string& text, std::size_t& place) {
    const std::size_t start = place++;
    if (text[start] != '=' && place < text.size() && text[place] == '=') ++place;
    return {QueryToken::Kind::comparison, text.substr(start, place - start), start};
}

QueryToken one_character(QueryToken::Kind kind, std::size_t& place) { return {kind, {}, place++}; }

QueryToken next_token(const std::string& text, std::size_t& place, bool may_negate) {
    const char next = text[place];
    if (next == '"') return quoted_text(text, place);
    if (next == '(') return one_character(QueryToken::Kind::open, place);
    if (next == ')') return one_character(QueryToken::Kind::close, place);
    if (next == ':') return one_character(QueryToken::Kind::colon, place);
    if (next == ',') return one_character(QueryToken::Kind::comma, place);
    if (is_in(next, "<>=")) return comparison(text, place);
    const bool is_negation = next == '-' && may_negate && place + 1 < text.size() && !is_in(text[place + 1], spaces);
    if (is_negation) return one_character(QueryToken::Kind::negation, place);
    return word(text, place);
}

}  // namespace

bool QueryToken::is_keyword(std::string_view word) const { return kind == Kind::word && lower_case(text) == word; }

std::vector<QueryToken> query_tokens(const std::string& text) {
    std::vector<QueryToken> tokens;
    std::size_t place = 0;
    for (;;) {
        const std::size_t start = std::min(text.find_first_not_of(spaces, place), text.size());
        const bool follows_space = start > place || place == 0;
        place = start;
        if (place == text.size()) break;
        // A dash is a negation where a word may start, not after ':' or a comparison: 'year:-1999' is no negation.
        const bool may_negate = tokens.empty() || (tokens.back().kind != QueryToken::Kind::colon &&
                                                   tokens.back().kind != QueryToken::Kind::comparison);
        tokens.push_back(next_token(text, place, may_negate));
        tokens.back().follows_space = follows_space;
    }
    tokens.push_back({QueryToken::Kind::end, {}, text.size()});
    return tokens;
}

std::string lower_case(std::string_view text) {
    std::string lower(text);
    for (char& character : lower)
        if (character >= 'A' && character <= 'Z') character = static_cast<char>(character - 'A' + 'a');
    return lower;
}

std::string folded_name(std::string_view name) {
    std::string folded;
    for (const char character : lower_case(name)) {
        const bool is_space = is_in(character, spaces) || character == '-' || character == '_';
        if (!is_space) folded += character;
        if (is_space && !folded.empty() && folded.back() != ' ') folded += ' ';
    }
    if (!folded.empty() && folded.back() == ' ') folded.pop_back();
    return folded;
}

void fail_at(const std::string& query, std::size_t place, const std::string& problem) {
    const std::string rest = query.substr(std::min(place, query.size()));
    const std::string at =
        rest.empty() ? "at the end"
                     : "at character " + std::to_string(characters_before(query, place) + 1) + ", '" + rest + "'";
    throw Error(ErrorCode::usage, "search '" + query + "': " + at + ": " + problem);
}

}  // namespace earmark
