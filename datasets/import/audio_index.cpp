#include "datasets/import/audio_index.h"

#include "base/audio_files.h"
#include "earmark/error.h"

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
    return name.string();
}

std::string path_without_ending(const fs::path& path) {
    return (path.parent_path() / name_without_ending(path)).lexically_normal().generic_string();
}

AudioIndex::AudioIndex(const fs::path& folder) {
    std::error_code failure;
    fs::recursive_directory_iterator entry(folder, fs::directory_options::follow_directory_symlink, failure);
    for (; !failure && entry != fs::recursive_directory_iterator(); entry.increment(failure)) {
        std::error_code ignored;
        if (!has_audio_ending(entry->path()) || !entry->is_regular_file(ignored)) continue;
        const fs::path path = entry->path().lexically_relative(folder);
        by_path_.emplace(path_without_ending(path), path);
        by_name_.emplace(name_without_ending(path), path);
    }
    if (failure) throw Error(ErrorCode::unreadable, folder.string() + ": cannot be searched: " + failure.message());
}

std::vector<fs::path> AudioIndex::find_by_path(const fs::path& path) const {
    return matches(by_path_, path_without_ending(path));
}

std::vector<fs::path> AudioIndex::find_by_name(const fs::path& path) const {
    return matches(by_name_, name_without_ending(path));
}

}  // namespace earmark
