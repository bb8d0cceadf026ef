#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "earmark/tag.h"

namespace earmark {

/// Reads a vocabulary: a file of separated values (Table) with the columns tag, meaning, parent, source, and
/// roc_auc, low and high (the score) in any order; other columns are ignored, and all but `tag` may be missing. A tag
/// is a label as in manifests, such as "genre---Rock"; its parent is the name of another tag of the same category, or
/// empty. Returns the tags in the order of the file, without threshold and calibration. Throws Error: not_found,
/// unreadable, invalid_dataset (names the line): no tags, a tag without a name, one whose name has one of the
/// characters "/;,|", at which players split lists of genres, two of the same category and plain_name(), an unknown
/// parent, a tag that is its own parent over others, or a text that no model file can hold.
std::vector<Tag> read_vocabulary(const std::filesystem::path& path);

/// The tags with these labels, in their order, from a vocabulary. A parent that is not among them gives way to its own
/// parent, and so on. Throws Error (invalid_dataset): a label is not in the vocabulary, whose file is `path`.
std::vector<Tag> tags_of(const std::vector<std::string>& labels, const std::vector<Tag>& vocabulary,
                         const std::filesystem::path& path);

/// The labels of tags.
std::vector<std::string> labels_of(const std::vector<Tag>& tags);

}  // namespace earmark
