#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace earmark {

/// A piece of a search.
struct QueryToken {
    enum class Kind { word, quoted, open, close, colon, comma, comparison, negation, end };

    Kind kind = Kind::end;
    std::string text = {};      ///< of a word, quoted text (without quotes), comparison
    std::size_t place = 0;      ///< of its first byte in the search
    bool follows_space = true;  ///< or the start

    /// "and", "or", "not" in any case, not in quotes.
    bool is_keyword(std::string_view word) const;
};

/// The pieces, with an `end` at the end. Throws Error (usage) where a quote does not end.
std::vector<QueryToken> query_tokens(const std::string& text);

/// ASCII letters in lower case.
std::string lower_case(std::string_view text);

/// For comparing names of tags: in lower case, with one space for any run of spaces, '-' and '_'.
std::string folded_name(std::string_view name);

/// Error (usage): "SEARCH: at character N ('...'): PROBLEM".
[[noreturn]] void fail_at(const std::string& query, std::size_t place, const std::string& problem);

}  // namespace earmark
