#include "datasets/import/audio_index.h"

#include "base/audio_files.h"
#include "datasets/text/unicode.h"

namespace earmark {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> matches(const std::multimap<std::string, fs::path>& names, const std::string& name) {
    std::vector<fs::path> found;
    const auto [first, last] = names.equal_range(name);
    for (auto place = first; place != last; ++place) found.push_back(place->second);
    return found;
}

}  // namespace

std::string name_without_ending(const fs::path& path) {
    fs::path name = has_audio_ending(path) ? path.stem() : path.filename();
    if (name.extension() == ".low") name = name.stem();
    return nfc(name.string());
}

std::string path_without_ending(const fs::path& path) {
    return nfc((path.parent_path() / name_without_ending(path)).lexically_normal().generic_string());
}

AudioIndex::AudioIndex(const fs::path& folder, const std::stop_token& stop) {
    const FolderWalk walk = walk_readable_folder(folder, {}, stop);
    for (const fs::path& file : walk.audio_files) {
        const fs::path path = file.lexically_relative(folder);
        by_path_.emplace(path_without_ending(path), path);
        by_name_.emplace(name_without_ending(path), path);
    }
    passed_over_ = walk.passed_over.line();
}

std::vector<fs::path> AudioIndex::find_by_path(const fs::path& path) const {
    return matches(by_path_, path_without_ending(path));
}

std::vector<fs::path> AudioIndex::find_by_name(const fs::path& path) const {
    return matches(by_name_, name_without_ending(path));
}

}  // namespace earmark
