#include "apps/tag/pool_item.h"

#include <filesystem>
#include <system_error>

namespace earmark {

PoolItem pool_item(const Input& input) {
    PoolItem item;
    item.path = input.path;
    if (!input.error.empty())
        item.error = Error(ErrorCode::not_found, input.error);
    else if (input.path.extension() == ".earmark")
        item.error = Error(ErrorCode::not_audio, input.path.string() + ": is a model file; name it with --model");
    else if (std::error_code failure; input.path == "default" && !std::filesystem::exists(input.path, failure))
        item.error = Error(ErrorCode::not_found, "default: no such file; a model is named with --model");
    return item;
}

}  // namespace earmark
