#include "apps/common/installation.h"

#include "earmark/error.h"

namespace earmark {

std::filesystem::path program_folder() {
    std::error_code error;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
    if (error) throw Error(ErrorCode::not_found, "cannot tell where this program lies: " + error.message());
    return program.parent_path();
}

std::filesystem::path model_or_default(const std::string& named) {
    if (!named.empty()) return named;
    // Installed, or run from a build folder of the source tree.
    const std::filesystem::path installed = program_folder() / ".." / EARMARK_DATA_DIR "/default.earmark";
    for (const std::filesystem::path& path :
         {installed, std::filesystem::path(EARMARK_SOURCE_DIR "/models/default.earmark")}) {
        if (std::filesystem::exists(path)) return path.lexically_normal();
    }
    throw Error(ErrorCode::not_found,
                installed.lexically_normal().string() + ": the default model is missing; name one with --model");
}

}  // namespace earmark
