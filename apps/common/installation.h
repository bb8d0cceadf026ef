#pragma once

#include <filesystem>
#include <string>

namespace earmark {

/// The folder of this program.
std::filesystem::path program_folder();

/// The path of a file that is installed with the program, such as "recipes/transfer.toml". Throws Error (not_found)
/// when it is missing.
std::filesystem::path installed_file(const std::string& name);

/// `named`; or where that is empty, or "default" and the current folder has no file of that name, default_model_path()
/// (earmark/model.h). Throws Error (not_found) when that is missing.
std::filesystem::path model_or_default(const std::string& named);

}  // namespace earmark
