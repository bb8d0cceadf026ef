#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/text_lines.h"

namespace earmark {

/// A list of the clips of one split.
struct SplitList {
    std::string split;  ///< train, valid or test
    std::filesystem::path path;
};

/// The split that a file is named after, by one of the words train, valid, validation, val, test; empty for none or
/// two.
std::string split_of_name(const std::filesystem::path& path);

/// The lists among `sources`; a folder stands for the .txt and .tsv files in it that are named after a split. In the
/// order train, valid, test. Throws Error: not_found, unreadable, invalid_dataset (a file that is named after no split,
/// two for one split, none at all).
std::vector<SplitList> split_lists(const std::vector<std::filesystem::path>& sources);

/// Calls `use` with each line of the lists and its fields, split at TABs, but for a first line that begins with
/// `header`. Throws Error (invalid_dataset) when the first field was already there, in any list.
using UseListLine =
    std::function<void(const SplitList& list, const TextLine& line, const std::vector<std::string_view>& fields)>;
void for_each_line(const std::vector<SplitList>& lists, std::string_view header, const UseListLine& use);

/// The parts of a text between `separator`s, without spaces around them and without empty ones.
std::vector<std::string> listed_words(std::string_view text, char separator);

}  // namespace earmark
