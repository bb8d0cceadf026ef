#pragma once

#include <CLI/App.hpp>
#include <filesystem>
#include <string>

namespace earmark {

/// --db FILE.
void add_db_option(CLI::App& command, std::string& file);

/// `named`, or catalogue::default_catalogue_path() where that is empty.
std::filesystem::path named_or_default_db(const std::string& named);

}  // namespace earmark
