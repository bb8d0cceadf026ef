#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "datasets/import/imported.h"

namespace earmark {

/// Why the folders of these clips look like a music library and not like examples of tags: there are many of them with
/// few clips, or they have the names of artists, since their songs are called "ARTIST - TITLE". Empty where they do
/// not.
std::string library_likeness(const std::vector<ListedClip>& clips);

/// Where they do, asks whoever is at the terminal whether each folder is a tag. Throws Error (usage) when the answer is
/// not yes, or when there is nobody to ask.
void require_examples(const std::vector<ListedClip>& clips, const std::filesystem::path& source);

}  // namespace earmark
