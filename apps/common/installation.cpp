#include "apps/common/installation.h"

#include "base/installed_files.h"
#include "base/similar_word.h"
#include "earmark/error.h"
#include "earmark/model.h"

namespace earmark {
namespace {

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
    if (!named.empty() && (named != "default" || std::filesystem::exists(named, ignored))) {
        // A file of another name stays for whoever reads it to miss.
        const bool is_slip = !std::filesystem::exists(named, ignored) && similar_word(named, {"default"}) == "default";
        if (is_slip) throw Error(ErrorCode::not_found, named + ": no such file; did you mean 'default'?");
        return named;
    }
    return existing(default_model_path(), "the default model is missing; name a model file, or check EARMARK_MODEL");
}

}  // namespace earmark
