#include "apps/common/installation.h"

#include "earmark/error.h"

namespace earmark {

std::filesystem::path program_folder() {
    std::error_code error;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
    if (error) throw Error(ErrorCode::not_found, "cannot tell where this program lies: " + error.message());
    return program.parent_path();
}

namespace {

/// As it lies once the program is installed, or in the source tree when it runs from a build folder.
std::filesystem::path find_installed(const std::string& installed_name, const std::string& source_name,
                                     const std::string& if_missing) {
    const std::filesystem::path installed = program_folder() / ".." / EARMARK_DATA_DIR / installed_name;
    for (const auto& path : {installed, std::filesystem::path(EARMARK_SOURCE_DIR) / source_name}) {
        if (std::filesystem::exists(path)) return path.lexically_normal();
    }
    throw Error(ErrorCode::not_found, installed.lexically_normal().string() + ": " + if_missing);
}

}  // namespace

std::filesystem::path installed_file(const std::string& name) {
    return find_installed(name, name, "is missing from this installation");
}

std::filesystem::path model_or_default(const std::string& named) {
    if (!named.empty()) return named;
    return find_installed("default.earmark", "models/default.earmark",
                          "the default model is missing; name one with --model");
}

}  // namespace earmark
