#include "apps/common/installation.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/installed_files.h"
#include "base/similar_word.h"
#include "earmark/error.h"
#include "earmark/model.h"

namespace earmark {
namespace {

const std::vector<std::string> models_with_names{"default", "free", "paper"};

std::filesystem::path existing(std::filesystem::path path, const std::string& if_missing) {
    std::error_code error;
    if (std::filesystem::exists(path, error)) return path;
    throw Error(ErrorCode::not_found, path.string() + ": " + if_missing);
}

}  // namespace

std::filesystem::path program_folder() {
    std::error_code error;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
    if (error) throw Error(ErrorCode::not_found, "cannot find the folder of this program: " + error.message());
    return program.parent_path();
}

std::filesystem::path installed_file(const std::string& name) {
    return existing(find_installed_file(name, name), "this file is missing from the installation");
}

std::filesystem::path model_or_default(const std::string& named) {
    std::error_code ignored;
    if (std::filesystem::exists(named, ignored)) return named;
    if (named.empty() || named == "default")
        return existing(default_model_path(),
                        "the default model is missing; name a model file, or check EARMARK_MODEL");
    if (std::ranges::find(models_with_names, named) != models_with_names.end())
        return find_installed_file(named + ".earmark", "models/" + named + ".earmark");
    // A file of another name stays for whoever reads it to miss.
    if (const std::string meant = similar_word(named, models_with_names); !meant.empty())
        throw Error(ErrorCode::not_found, named + ": no such file; did you mean '" + meant + "'?");
    return named;
}

}  // namespace earmark
