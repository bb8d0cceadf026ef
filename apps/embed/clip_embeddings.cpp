#include "apps/embed/clip_embeddings.h"

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>

#include "apps/embed/numpy_archive.h"
#include "apps/embed/numpy_array.h"
#include "base/mapped_file.h"
#include "earmark/error.h"

namespace earmark {
namespace {

using Json = nlohmann::json;

Json read_description(const std::filesystem::path& path) {
    const MappedFile file(path, std::uint64_t{1} << 30U);
    const auto* text = reinterpret_cast<const char*>(file.bytes().data());
    return Json::parse(text, text + file.bytes().size());
}

// Which rows have sound. Archives from elsewhere may lack the array.
std::vector<std::uint8_t> audible_rows(const std::map<std::string, std::string>& arrays, std::size_t row_count,
                                       const std::string& file) {
    const auto found = arrays.find("audible");
    if (found == arrays.end()) return std::vector<std::uint8_t>(row_count, 1);
    std::vector<std::uint8_t> audible = booleans(parse_npy(found->second, file + ": audible"), file + ": audible");
    if (audible.size() != row_count)
        throw Error(ErrorCode::unreadable, file + ": audible: expected a value for each path");
    return audible;
}

NumpyArray array(const std::map<std::string, std::string>& arrays, const std::string& name, const std::string& file) {
    const auto found = arrays.find(name);
    if (found == arrays.end()) throw Error(ErrorCode::unreadable, file + ": expected an array " + name);
    return parse_npy(found->second, file + ": " + name);
}

}  // namespace

ClipEmbeddings read_clip_embeddings(const std::filesystem::path& file) {
    const std::map<std::string, std::string> arrays = read_npz(file);
    const std::filesystem::path description_file = file.string() + ".json";
    ClipEmbeddings embeddings;
    try {
        const Json description = read_description(description_file);
        if (description.at("each") != "clip")
            throw Error(ErrorCode::usage, file.string() + ": has embeddings of windows or segments; expected clips");
        embeddings.model_identity = description.at("model").at("identity").get<std::string>();
    } catch (const Json::exception&) {
        throw Error(ErrorCode::unreadable,
                    description_file.string() + ": expected a description that `earmark embed` wrote");
    }
    const std::vector<std::string> paths = texts(array(arrays, "path", file.string()), file.string());
    const NumpyArray rows = array(arrays, "embedding", file.string());
    if (rows.shape.size() != 2 || rows.shape[0] != paths.size())
        throw Error(ErrorCode::unreadable, file.string() + ": embedding: expected a row for each path");
    const std::vector<std::uint8_t> audible = audible_rows(arrays, paths.size(), file.string());
    const std::vector<float> values = floats(rows, file.string());
    const std::size_t length = rows.shape[1];
    for (std::size_t row = 0; row < paths.size(); ++row) {
        if (audible[row] == 0) continue;
        const auto first = values.begin() + static_cast<std::ptrdiff_t>(row * length);
        embeddings.paths.push_back(paths[row]);
        embeddings.values.emplace_back(first, first + static_cast<std::ptrdiff_t>(length));
    }
    return embeddings;
}

}  // namespace earmark
