#pragma once

#include <filesystem>
#include <string>

namespace earmark {

/// The folder of this program.
std::filesystem::path program_folder();

/// The path of a file that is installed with the program, such as "recipes/transfer.toml". Throws Error (not_found)
/// when it is missing.
std::filesystem::path installed_file(const std::string& name);

/// The file `named`. Where there is no such file: of "default", "free" and "paper", the model of this name that comes
/// with Earmark. Of nothing and of "default", what EARMARK_MODEL names in the same way, where it is set. Throws Error
/// (not_found) when there is none; the message has the name that was probably meant.
std::filesystem::path model_or_default(const std::string& named);

}  // namespace earmark
