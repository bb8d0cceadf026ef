#include <algorithm>
#include <cmath>

#include "search/query.h"
#include "search/query_numbers.h"

namespace earmark {
namespace {

std::string quoted(const std::string& text) {
    std::string quoted = "\"";
    for (const char character : text) {
        if (character == '"' || character == '\\') quoted += '\\';
        quoted += character;
    }
    return quoted + "\"";
}

std::string field_name(Query::Kind kind) {
    switch (kind) {
        case Query::Kind::title: return "title";
        case Query::Kind::artist: return "artist";
        case Query::Kind::album: return "album";
        case Query::Kind::status: return "status";
        case Query::Kind::path: return "path";
        case Query::Kind::year: return "year";
        case Query::Kind::duration: return "duration";
        default: return "text";
    }
}

std::string comparison_text(const NumberRange& range) {
    if (range.low == range.high) return "=" + shortest_text(range.low);
    if (std::isfinite(range.low)) return (range.has_low ? ">=" : ">") + shortest_text(range.low);
    return (range.has_high ? "<=" : "<") + shortest_text(range.high);
}

std::string range_text(const NumberRange& range) {
    const bool has_both = std::isfinite(range.low) && std::isfinite(range.high);
    return has_both ? ":" + shortest_text(range.low) + ".." + shortest_text(range.high) : comparison_text(range);
}

bool is_list(const Query& query) { return query.kind == Query::Kind::all_of || query.kind == Query::Kind::any_of; }

// In brackets where it would be read otherwise without them.
std::string part_text(const Query& part, Query::Kind whole, const std::vector<QueryTag>& tags) {
    const bool needs_brackets = whole == Query::Kind::none_of ? is_list(part) : part.kind == Query::Kind::any_of;
    return needs_brackets ? "(" + to_string(part, tags) + ")" : to_string(part, tags);
}

void collect_free_words(const Query& query, std::vector<std::string>& words) {
    if (query.kind == Query::Kind::text) words.push_back(query.text);
    for (const Query& part : query.parts) collect_free_words(part, words);
}

void collect_wanted_tags(const Query& query, std::vector<std::size_t>& tags) {
    if (query.kind == Query::Kind::none_of) return;
    if (query.kind == Query::Kind::tag) tags.push_back(query.tag_index);
    for (const Query& part : query.parts) collect_wanted_tags(part, tags);
}

}  // namespace

std::string to_string(const Query& query, const std::vector<QueryTag>& tags) {
    std::string text;
    switch (query.kind) {
        case Query::Kind::all_of:
        case Query::Kind::any_of:
            for (const Query& part : query.parts) {
                if (!text.empty()) text += query.kind == Query::Kind::all_of ? " and " : " or ";
                text += part_text(part, query.kind, tags);
            }
            return text;
        case Query::Kind::none_of: return "not " + part_text(query.parts.front(), query.kind, tags);
        case Query::Kind::tag:
        case Query::Kind::probability: {
            const QueryTag& tag = tags[query.tag_index];
            text = std::string(category_name(tag.category)) + ":" + quoted(tag.name);
            return query.kind == Query::Kind::tag ? text : text + comparison_text(query.range);
        }
        case Query::Kind::year:
        case Query::Kind::duration: return field_name(query.kind) + range_text(query.range);
        default: return field_name(query.kind) + ":" + quoted(query.text);
    }
}

std::vector<std::size_t> wanted_tags(const Query& query) {
    std::vector<std::size_t> tags;
    collect_wanted_tags(query, tags);
    return tags;
}

bool names_status(const Query& query) {
    return query.kind == Query::Kind::status || std::ranges::any_of(query.parts, names_status);
}

std::vector<std::string> free_words(const Query& query) {
    std::vector<std::string> words;
    collect_free_words(query, words);
    return words;
}

}  // namespace earmark
