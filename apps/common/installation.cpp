#include "apps/common/installation.h"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "apps/common/option_checks.h"
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

// Other reasons than this one are for whoever reads the file to find.
bool is_missing(const std::string& file) {
    std::error_code ignored;
    return std::filesystem::status(file, ignored).type() == std::filesystem::file_type::not_found;
}

bool is_plain_word(const std::string& name) { return name.find_first_of("/.") == std::string::npos; }

// `named` is a file or the name of an installed model, and `subject` is what messages call it.
std::filesystem::path named_model(const std::string& named, const std::string& subject) {
    if (!is_missing(named)) return named;
    if (std::ranges::find(models_with_names, named) != models_with_names.end())
        return existing(find_installed_file(named + ".earmark", "models/" + named + ".earmark"),
                        "the model '" + named + "' is missing from the installation; name a model file");
    if (const std::string similar = did_you_mean(named, models_with_names); !similar.empty())
        throw Error(ErrorCode::not_found, subject + ": no such file" + similar);
    const std::string others = is_plain_word(named) ? ", and no installed model: " + listed(models_with_names) : "";
    throw Error(ErrorCode::not_found, subject + ": no such file" + others);
}

// What EARMARK_MODEL names, or the installed default model.
std::filesystem::path chosen_default() {
    const std::string chosen = default_model_path().string();
    const char* variable = std::getenv("EARMARK_MODEL");
    if (variable != nullptr && variable == chosen) return named_model(chosen, "EARMARK_MODEL: " + chosen);
    return existing(chosen, "the default model is missing; name a model file, or set EARMARK_MODEL");
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
    const bool is_default = named.empty() || (named == "default" && is_missing(named));
    return is_default ? chosen_default() : named_model(named, named);
}

}  // namespace earmark
