#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "catalogue/database.h"

namespace earmark::catalogue {

/// Puts paths into a temporary table, for is_below(). Throws DatabaseError.
void fill_below(Database& database, const std::string& table, const std::vector<std::filesystem::path>& paths);

/// SQL: whether a path is one of the paths, or below one of them.
std::string is_below(const std::string& table, const std::string& path = "track.path");

}  // namespace earmark::catalogue
