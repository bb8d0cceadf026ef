#include <map>

#include "datasets/audio_files.h"
#include "datasets/import/imported.h"
#include "earmark/error.h"

namespace earmark {
namespace {

namespace fs = std::filesystem;

// "215.low.mp3" of MTG-Jamendo is "215", and so is "215.opus". A list may have names without an ending, with points in
// them.
std::string stem_of(const fs::path& path) {
    fs::path stem = has_audio_ending(path) ? path.stem() : path.filename();
    if (stem.extension() == ".low") stem = stem.stem();
    return stem.string();
}

std::string without_ending(const fs::path& path) {
    return (path.parent_path() / stem_of(path)).lexically_normal().generic_string();
}

// The audio files below a folder, by what a list may call them.
class AudioIndex {
public:
    explicit AudioIndex(const fs::path& folder) {
        std::error_code failure;
        fs::recursive_directory_iterator entry(folder, fs::directory_options::follow_directory_symlink, failure);
        for (; !failure && entry != fs::recursive_directory_iterator(); entry.increment(failure)) {
            std::error_code ignored;
            if (has_audio_ending(entry->path()) && entry->is_regular_file(ignored)) add(folder, entry->path());
        }
        if (failure) throw Error(ErrorCode::unreadable, folder.string() + ": cannot be searched: " + failure.message());
    }

    /// The files that a list may mean by `path`: first those in the same folder.
    std::vector<fs::path> find(const fs::path& path) const {
        std::vector<fs::path> found = matches(by_path_, without_ending(path));
        return found.empty() ? matches(by_stem_, stem_of(path)) : found;
    }

private:
    using Names = std::multimap<std::string, fs::path>;

    void add(const fs::path& folder, const fs::path& file) {
        const fs::path path = file.lexically_relative(folder);
        by_path_.emplace(without_ending(path), path);
        by_stem_.emplace(stem_of(path), path);
    }

    static std::vector<fs::path> matches(const Names& names, const std::string& name) {
        std::vector<fs::path> found;
        const auto [first, last] = names.equal_range(name);
        for (auto place = first; place != last; ++place) found.push_back(place->second);
        return found;
    }

    Names by_path_;
    Names by_stem_;
};

bool is_file(const fs::path& path) {
    std::error_code ignored;
    return fs::is_regular_file(path, ignored);
}

// What is wrong with a file as far as can be seen without decoding it.
std::string fault_of(const fs::path& file, const fs::path& listed) {
    std::error_code failure;
    const auto bytes = fs::file_size(file, failure);
    if (failure) return "cannot be read: " + failure.message();
    if (bytes == 0) return "damaged: the file is empty";
    if (!fits_manifest(listed)) return "a TAB or line end in its name does not fit in a manifest";
    return "";
}

// Gives `listed` the path of its audio, or says what is wrong.
std::string locate(ListedClip& listed, const fs::path& folder, const AudioIndex* index) {
    fs::path& path = listed.clip.path;
    if (!is_file(folder / path)) {
        const auto found = index != nullptr ? index->find(path) : std::vector<fs::path>{};
        if (found.empty()) return "missing";
        if (found.size() > 1) return "there are two: " + found[0].string() + " and " + found[1].string();
        path = found.front();
    }
    return fault_of(folder / path, path);
}

}  // namespace

void find_audio(Imported& imported, const fs::path& folder) {
    std::error_code failure;
    if (!fs::is_directory(folder, failure)) {
        throw Error(ErrorCode::not_found, folder.string() + ": no such folder, expected one with audio");
    }
    std::optional<AudioIndex> index;
    if (imported.audio_names == AudioNames::stems) index.emplace(folder);
    std::vector<ListedClip> found;
    for (ListedClip& listed : imported.clips) {
        const fs::path path = listed.clip.path;
        const std::string fault = locate(listed, folder, index ? &*index : nullptr);
        if (fault.empty())
            found.push_back(std::move(listed));
        else
            imported.left_out.push_back({path, listed.clip.split, fault, true});
    }
    imported.clips = std::move(found);
}

}  // namespace earmark
