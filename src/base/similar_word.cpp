#include "base/similar_word.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace earmark {
namespace {

std::string lower_case(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](char letter) {
        return 'A' <= letter && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return lower;
}

// Damerau and Levenshtein's, in the restricted form: a pair is swapped at most once.
std::size_t distance(std::string_view one, std::string_view other) {
    std::array<std::vector<std::size_t>, 3> rows;  // the one before last, the last, this
    for (auto& row : rows) row.resize(other.size() + 1);
    for (std::size_t j = 0; j <= other.size(); ++j) rows[2][j] = j;
    for (std::size_t i = 1; i <= one.size(); ++i) {
        std::rotate(rows.begin(), rows.begin() + 1, rows.end());
        rows[2][0] = i;
        for (std::size_t j = 1; j <= other.size(); ++j) {
            const bool is_equal = one[i - 1] == other[j - 1];
            rows[2][j] = std::min({rows[1][j] + 1, rows[2][j - 1] + 1, rows[1][j - 1] + (is_equal ? 0 : 1)});
            const bool is_swapped = i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
            if (is_swapped) rows[2][j] = std::min(rows[2][j], rows[0][j - 2] + 1);
        }
    }
    return rows[2][other.size()];
}

// In a word of three letters a wrong one makes another word: 'gpu' is no slip of 'cpu'. Swapped ones do not.
bool is_another_word(std::string word, std::string other) {
    constexpr std::size_t tiny_word = 3;
    if (word.size() > tiny_word || other.size() != word.size()) return false;
    std::ranges::sort(word);
    std::ranges::sort(other);
    return word != other;
}

std::size_t most_changes(std::size_t length) {
    constexpr std::size_t short_word = 5;
    constexpr std::size_t middle_word = 8;
    return length <= short_word ? 1 : length <= middle_word ? 2 : 3;
}

}  // namespace

std::string similar_word(std::string_view word, const std::vector<std::string>& candidates) {
    constexpr std::size_t longest_word = 200;  // what is longer was no slip
    if (word.size() < 2 || word.size() > longest_word) return "";
    const std::string typed = lower_case(word);
    std::string best;
    std::size_t least = most_changes(word.size()) + 1;
    for (const std::string& candidate : candidates) {
        if (candidate == word || candidate.size() > longest_word) continue;
        const std::size_t changes = distance(typed, lower_case(candidate));
        if (changes >= least || is_another_word(typed, lower_case(candidate))) continue;
        least = changes;
        best = candidate;
    }
    return best;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates) {
    const std::string meant = similar_word(word, candidates);
    return meant.empty() ? "" : "; did you mean '" + meant + "'?";
}

}  // namespace earmark
