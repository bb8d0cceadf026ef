#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/text/text_lines.h"

namespace earmark {

/// A list of the clips of one split.
struct SplitList {
    std::string split;  ///< train, valid or test
    std::filesystem::path path;
};

/// The split that a word means, in any capitals: train, training; valid, validation, val, dev, development; test,
/// testing. Empty for another word.
std::string split_of_word(std::string_view word);

/// The split that a file is named after, by a word of split_of_word; empty for none or two.
std::string split_of_name(const std::filesystem::path& path);

/// The lists among `sources`; a folder means the .txt and .tsv files in it that are named after a split. In the
/// order train, valid, test. Throws Error: not_found, unreadable, invalid_dataset (a file that is named after no split,
/// two for one split, none at all).
std::vector<SplitList> split_lists(const std::vector<std::filesystem::path>& sources);

/// Whether a folder has files that are named after a split. Throws Error: unreadable.
bool has_lists(const std::filesystem::path& folder);

/// Calls `use` with each line of the lists and its fields, split at TABs, except a first line that begins with
/// `header`. Throws Error (invalid_dataset) when the first field, as a path, was already there, in any
/// list, and when a list has no such line.
using UseListLine =
    std::function<void(const SplitList& list, const TextLine& line, const std::vector<std::string_view>& fields)>;
void for_each_line(const std::vector<SplitList>& lists, std::string_view header, const UseListLine& use);

/// Throws Error (invalid_dataset) unless `id` has the form of a track of the Million Song Dataset: TR, five capitals
/// and eleven hexadecimal digits.
void require_track_id(std::string_view id, const std::filesystem::path& list, std::size_t line);

/// The pieces of a text between `separator`s, without spaces around them and without empty ones.
std::vector<std::string> listed_words(std::string_view text, char separator);

}  // namespace earmark
