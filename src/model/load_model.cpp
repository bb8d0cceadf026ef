#include <cstdlib>

#include "base/installed_files.h"
#include "earmark/error.h"
#include "earmark/model.h"

namespace earmark {

std::shared_ptr<const Model> load_model(const std::filesystem::path& path) {
    return std::make_shared<const Model>(read_model(path));
}

std::filesystem::path default_model_path() {
    const char* named = std::getenv("EARMARK_MODEL");
    if (named != nullptr && *named != '\0') return named;
    return find_installed_file("default.earmark", "models/default.earmark");
}

std::shared_ptr<const Model> default_model() { return load_model(default_model_path()); }

}  // namespace earmark
