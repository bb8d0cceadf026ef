#pragma once

#include <filesystem>
#include <string>

namespace earmark {

/// The recipe that a user names: a file, or "paper" for paper.toml of the recipes that are installed with the program.
/// A file of that name comes first. Throws Error (not_found), which for a plain name lists the recipes that there are.
std::filesystem::path recipe_file(const std::string& named);

}  // namespace earmark
