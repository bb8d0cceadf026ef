#include "apps/common/pool_item.h"

#include <filesystem>
#include <optional>
#include <system_error>

namespace earmark {
namespace {

bool is_of_model_name(const std::filesystem::path& path) { return path.extension() == ".earmark" || path == "default"; }

// Nothing where there is a song that is called 'default'.
std::optional<Error> error_of_model_name(const std::filesystem::path& path) {
    std::error_code failure;
    if (!std::filesystem::exists(path, failure))
        return Error(ErrorCode::not_found, path.string() + ": no such file; a model is named with --model");
    if (path == "default") return std::nullopt;
    return Error(ErrorCode::not_audio, path.string() + ": is a model file; name it with --model");
}

}  // namespace

PoolItem pool_item(const Input& input) {
    PoolItem item;
    item.path = input.path;
    if (!input.error.empty())
        item.error = Error(ErrorCode::not_found, input.error);
    else if (input.path.empty())
        item.error = Error(ErrorCode::not_found, "the empty path '': no such file");
    else if (is_of_model_name(input.path))
        item.error = error_of_model_name(input.path);
    return item;
}

}  // namespace earmark
