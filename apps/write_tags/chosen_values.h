#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "earmark/model.h"
#include "earmark/tagger.h"
#include "metadata/fields.h"

namespace earmark {

/// Which tags become values, and of which fields.
struct ValueChoice {
    std::set<metadata::TagField> fields{metadata::TagField::genre, metadata::TagField::mood};
    std::string genres = "leaf";  ///< "leaf": without parents of others; "parent": the most general; "both"
    std::size_t most_genres = 3;
    std::size_t most_moods = 3;
    std::set<std::string> excluded{};                          ///< names of tags
    std::map<std::string, std::vector<std::string>> mapped{};  ///< names of genres to other ones, or to none
    bool has_mood_block_only = false;                          ///< a comment gets "[MOOD: a; b]" alone
};

/// The tags that are present, most probable first, as values of the fields of `choice`. None has values when there is
/// nothing to write. Other categories than genre and mood are the grouping. A comment is "[GENRE: a; b] [MOOD: c]".
metadata::FieldValues chosen_values(const Model& model, std::span<const float> probabilities,
                                    const ValueChoice& choice);

/// The name of the model's tag that is meant, in any case. Throws Error (usage) that starts with `option`.
std::string known_tag(const Model& model, const std::string& wanted, const std::string& option);

/// Lines "GENRE = OTHER; ANOTHER", or "GENRE =" for none; empty ones and those that begin with # are left out. Throws
/// Error: not_found, unreadable, usage (names the line).
std::map<std::string, std::vector<std::string>> read_genre_map(const Model& model, const std::string& path);

}  // namespace earmark
