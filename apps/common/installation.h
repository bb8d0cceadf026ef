#pragma once

#include <filesystem>
#include <string>

namespace earmark {

/// The folder of this program.
std::filesystem::path program_folder();

/// The path of a file that is installed with the program, such as "recipes/transfer.toml". Throws Error (not_found)
/// when it is missing.
std::filesystem::path installed_file(const std::string& name);

/// The file `named`. Where there is no such file: of "default" and of nothing, default_model_path() (earmark/model.h);
/// of "free" and "paper", the model of this name that comes with Earmark. Throws Error (not_found) when the default
/// model is missing, or when another name was probably meant.
std::filesystem::path model_or_default(const std::string& named);

}  // namespace earmark
