#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace earmark {

/// The candidate that was probably meant: it differs from `word` in capitals alone, or in few letters (one of up to
/// five, two of up to eight, else three) that are missing, added, wrong or swapped with the next (in a word of up to
/// three letters none is wrong). Empty when none does; of several the most similar, then the first. Thread-safe.
std::string similar_word(std::string_view word, const std::vector<std::string>& candidates);

/// "; did you mean 'CANDIDATE'?", or nothing. For the end of a message.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace earmark
