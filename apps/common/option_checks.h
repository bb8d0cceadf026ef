#pragma once

#include <CLI/App.hpp>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace earmark {

// What the values of options may be, with messages in the words of all others: "expected ..., found 'x'".

/// "text, json or csv".
std::string listed(const std::vector<std::string>& words);

/// One of some words. Help and shell completion list them.
CLI::Validator one_of(std::vector<std::string> words);

/// A whole number in decimal digits. Without `most` any that fits into 64 bits.
CLI::Validator whole_number(std::uint64_t least, std::uint64_t most = std::numeric_limits<std::uint64_t>::max());

/// A finite number. Without `most` any that is not less than `least`.
CLI::Validator number(double least, double most = std::numeric_limits<double>::infinity());

/// A file to write whose name has not the ending of an audio file: it is music that somebody named by mistake.
CLI::Validator no_audio_file();

}  // namespace earmark
