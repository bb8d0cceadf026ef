#include <algorithm>
#include <map>
#include <optional>

#include "datasets/import/audio_index.h"
#include "datasets/import/imported.h"
#include "datasets/text/unicode.h"
#include "earmark/error.h"

namespace earmark {
namespace {

namespace fs = std::filesystem;

bool is_file(const fs::path& path) {
    std::error_code ignored;
    return fs::is_regular_file(path, ignored);
}

// What is wrong with a clip.
struct Fault {
    std::string reason, detail;
};

// What is wrong with a file, as far as that shows without decoding it.
std::optional<Fault> fault_of(const fs::path& file, const fs::path& listed) {
    std::error_code failure;
    const auto bytes = fs::file_size(file, failure);
    if (failure) return Fault{"cannot be read", failure.message()};
    if (bytes == 0) return Fault{"damaged", "the file is empty"};
    if (!fits_manifest(listed)) return Fault{"its name has a TAB or line end, which a manifest cannot hold", ""};
    return std::nullopt;
}

// How many clips of the lists have a name, including those that were left out.
std::map<std::string, std::size_t> listed_names(const Imported& imported) {
    std::map<std::string, std::size_t> counts;
    for (const ListedClip& listed : imported.clips) ++counts[name_without_ending(listed.clip.path)];
    for (const LeftOut& clip : imported.left_out) ++counts[name_without_ending(clip.path)];
    return counts;
}

class Locator {
public:
    Locator(const Imported& imported, fs::path folder, const std::stop_token& stop) : folder_(std::move(folder)) {
        if (imported.audio_names != AudioNames::stems) return;
        index_.emplace(folder_, stop);
        names_ = listed_names(imported);
    }

    /// Sets `path` to its audio file, or returns what is wrong.
    std::optional<Fault> locate(fs::path& path) const {
        if (const fs::path spelled = existing_spelling(folder_ / path); is_file(spelled)) {
            if (spelled != folder_ / path) path = spelled.lexically_relative(folder_);
        } else {
            auto found = index_ ? index_->find_by_path(path) : std::vector<fs::path>{};
            const bool is_by_name = found.empty() && index_;
            if (is_by_name) found = index_->find_by_name(path);
            if (found.empty()) return Fault{"missing", ""};
            if (is_by_name && names_.at(name_without_ending(path)) > 1) {
                return Fault{"missing", found[0].string() + " has the name of several clips of the lists"};
            }
            if (found.size() > 1) return Fault{"there are two", found[0].string() + " and " + found[1].string()};
            path = found.front();
        }
        return fault_of(folder_ / path, path);
    }

    /// What was passed over in the search, in one line; empty when nothing was.
    std::string passed_over() const { return index_ ? index_->passed_over() : ""; }

private:
    fs::path folder_;
    std::optional<AudioIndex> index_;
    std::map<std::string, std::size_t> names_;
};

// A clip of the lists whose audio was found.
struct FoundClip {
    ListedClip listed;
    fs::path listed_path;

    bool has_own_path() const { return listed.clip.path.lexically_normal() == listed_path.lexically_normal(); }
};

// Which clips refer to a file. A manifest cannot hold two clips with the same audio, and the labels of one are wrong.
class Claims {
public:
    Claims(const std::vector<FoundClip>& found, fs::path folder) : folder_(std::move(folder)) {
        for (const FoundClip& clip : found) claims_.emplace(file_of(clip), &clip);
    }

    /// What is wrong with a clip that shares its audio; nothing if it alone has exactly the path of the file.
    std::optional<Fault> fault_of(const FoundClip& clip) const {
        const auto [first, last] = claims_.equal_range(file_of(clip));
        const auto other = std::find_if(first, last, [&](const auto& claim) { return claim.second != &clip; });
        if (other == last) return std::nullopt;
        const auto has_own_path = [](const auto& claim) { return claim.second->has_own_path(); };
        if (clip.has_own_path() && std::count_if(first, last, has_own_path) == 1) return std::nullopt;
        return Fault{"has the audio of another clip",
                     clip.listed.clip.path.string() + ", as " + other->second->listed_path.string()};
    }

private:
    std::string file_of(const FoundClip& clip) const {
        return (folder_ / clip.listed.clip.path).lexically_normal().string();
    }

    fs::path folder_;
    std::multimap<std::string, const FoundClip*> claims_;
};

void keep_unshared(Imported& imported, const std::vector<FoundClip>& found, const fs::path& folder) {
    const Claims claims(found, fs::weakly_canonical(folder));
    imported.clips.clear();
    for (const FoundClip& clip : found) {
        if (const auto fault = claims.fault_of(clip))
            imported.left_out.push_back({clip.listed_path, clip.listed.clip.split, fault->reason, true, fault->detail});
        else
            imported.clips.push_back(clip.listed);
    }
}

}  // namespace

void find_audio(Imported& imported, const fs::path& folder, const std::stop_token& stop) {
    std::error_code failure;
    if (!fs::is_directory(folder, failure)) {
        throw Error(ErrorCode::not_found, folder.string() + ": no such folder; expected a folder with audio files");
    }
    const Locator locator(imported, folder, stop);
    std::vector<FoundClip> found;
    for (ListedClip& listed : imported.clips) {
        if (stop.stop_requested()) throw Error(ErrorCode::canceled, folder.string() + ": the search was stopped");
        const fs::path path = listed.clip.path;
        if (const auto fault = locator.locate(listed.clip.path))
            imported.left_out.push_back({path, listed.clip.split, fault->reason, true, fault->detail});
        else
            found.push_back({std::move(listed), path});
    }
    keep_unshared(imported, found, folder);
    note_passed_over(imported, folder, locator.passed_over());
}

}  // namespace earmark
