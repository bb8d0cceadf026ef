#include "apps/common/recipe_file.h"

#include <algorithm>
#include <vector>

#include "apps/common/installation.h"
#include "earmark/error.h"

namespace earmark {
namespace {

// "paper, strong": names in order.
std::string recipes_of(const std::filesystem::path& folder) {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() == ".toml") names.push_back(entry.path().stem().string());
    }
    std::sort(names.begin(), names.end());
    std::string list;
    for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
    return list;
}

}  // namespace

std::filesystem::path recipe_file(const std::string& named) {
    if (std::filesystem::is_regular_file(named)) return named;
    const std::filesystem::path name = named;
    if (name.has_parent_path()) throw Error(ErrorCode::not_found, named + ": no such file");
    const std::filesystem::path folder = installed_file("recipes");
    for (const auto& file : {folder / named, folder / (named + ".toml")}) {
        if (std::filesystem::is_regular_file(file)) return file;
    }
    throw Error(ErrorCode::not_found,
                named + ": no such file or recipe; expected a file or one of " + recipes_of(folder));
}

}  // namespace earmark
