#include <algorithm>
#include <map>

#include "base/audio_files.h"
#include "datasets/import/import.h"
#include "datasets/import/lists.h"
#include "datasets/import/tag_category.h"
#include "datasets/manifest/dataset.h"

namespace earmark {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> entries_of(const fs::path& folder) {
    std::vector<fs::path> entries;
    std::error_code failure;
    for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end; entry.increment(failure)) {
        if (!entry->path().filename().string().starts_with('.')) entries.push_back(entry->path());
    }
    if (failure) throw Error(ErrorCode::unreadable, folder.string() + ": cannot be read: " + failure.message());
    std::ranges::sort(entries);
    return entries;
}

std::vector<fs::path> folders_in(const fs::path& folder) {
    auto folders = entries_of(folder);
    std::erase_if(folders, [](const fs::path& path) { return !fs::is_directory(path); });
    return folders;
}

class FolderReader {
public:
    FolderReader(fs::path folder, std::string category) : folder_(std::move(folder)), category_(std::move(category)) {}

    Imported read() {
        std::vector<fs::path> folders = folders_in(folder_);
        std::erase_if(folders, [](const fs::path& folder) { return !has_audio(folder); });
        pass_over_files_in(folder_);
        const bool has_splits = are_splits(folders);
        for (const fs::path& folder : folders) {
            if (!has_splits) {
                read_tag(folder, "");
                continue;
            }
            pass_over_files_in(folder);
            for (const fs::path& tag : folders_in(folder)) read_tag(tag, split_of_word(folder.filename().string()));
        }
        if (passed_over_count_ > 0) {
            imported_.notes.push_back(
                (passed_over_count_ == 1 ? "an audio file lies in no tag's folder and is not taken: "
                                         : std::to_string(passed_over_count_) +
                                               " audio files lie in no tag's folder and are not taken, the first is ") +
                first_passed_over_.string());
        }
        return std::move(imported_);
    }

private:
    // The whole name: a tag may well be called "test pressing".
    static bool is_split(const fs::path& path) { return !split_of_word(path.filename().string()).empty(); }

    // A folder that is linked counts as one with audio: it may lead back up.
    static bool has_audio(const fs::path& folder) {
        return std::ranges::any_of(entries_of(folder), [](const fs::path& entry) {
            if (!fs::is_directory(entry)) return has_audio_ending(entry);
            return fs::is_symlink(entry) || has_audio(entry);
        });
    }

    // A tag may be called "train", but not two of them "train" and "test": music of the test part must not be learned.
    bool are_splits(const std::vector<fs::path>& folders) const {
        const auto other = std::ranges::find_if_not(folders, is_split);
        const auto first = std::ranges::find_if(folders, is_split);
        if (other == folders.end()) return !folders.empty();
        if (std::ranges::count_if(folders, is_split) < 2) return false;
        throw Error(ErrorCode::invalid_dataset, folder_.string() + ": has folders for splits (" +
                                                    first->filename().string() + ") beside others (" +
                                                    other->filename().string() + "); expected either");
    }

    void pass_over_files_in(const fs::path& folder) {
        for (const fs::path& entry : entries_of(folder)) {
            if (fs::is_directory(entry) || !has_audio_ending(entry)) continue;
            if (passed_over_count_++ == 0) first_passed_over_ = entry;
        }
    }

    void read_tag(const fs::path& folder, const std::string& split) {
        const std::string name = folder.filename().string();
        if (label_spelling(name).empty()) {
            throw Error(ErrorCode::invalid_dataset,
                        folder.string() + ": expected the name of a tag, found nothing but commas and spaces");
        }
        const std::string label = label_in_category(category_, name);
        for (const fs::path& entry : entries_of(folder)) {
            if (fs::is_directory(entry))
                read_below(entry, split, label, entry.filename().string());
            else
                add(entry, split, label, "");
        }
    }

    void read_below(const fs::path& folder, const std::string& split, const std::string& label,
                    const std::string& artist) {
        for (const fs::path& entry : entries_of(folder)) {
            if (!fs::is_directory(entry))
                add(entry, split, label, artist);
            else if (!fs::is_symlink(entry))  // which may lead back up
                read_below(entry, split, label, artist);
        }
    }

    void add(const fs::path& file, const std::string& split, const std::string& label, const std::string& artist) {
        if (!has_audio_ending(file)) return;
        const auto [place, is_new] = places_.emplace(fs::weakly_canonical(file), imported_.clips.size());
        if (!is_new) return add_link(file, split, label, imported_.clips[place->second].clip);
        ListedClip listed;
        listed.clip.path = file.lexically_relative(folder_);
        listed.clip.split = split;
        listed.clip.labels = {label};
        listed.clip.artist = artist;
        imported_.clips.push_back(std::move(listed));
    }

    // A file that lies in one tag's folder and is linked from another's has both tags.
    void add_link(const fs::path& link, const std::string& split, const std::string& label, Clip& clip) const {
        if (split != clip.split) {
            throw Error(ErrorCode::invalid_dataset, link.string() + ": is the same file as " +
                                                        (folder_ / clip.path).string() + ", which is in the split '" +
                                                        clip.split + "'; expected one split for a file");
        }
        add_label(clip.labels, label);
    }

    fs::path folder_;
    std::string category_;
    Imported imported_;
    std::map<fs::path, std::size_t> places_;  ///< of the clips, by what their files really are
    std::size_t passed_over_count_ = 0;
    fs::path first_passed_over_;
};

}  // namespace

Imported import_folder(const fs::path& folder, const std::string& category) {
    if (!fs::is_directory(folder)) {
        throw Error(ErrorCode::not_found,
                    folder.string() + ": no such folder, expected one with a folder for each tag");
    }
    Imported imported = FolderReader(folder, category).read();
    imported.audio_names = AudioNames::paths;
    if (imported.clips.empty()) {
        throw Error(ErrorCode::invalid_dataset, folder.string() + ": no audio files in the folders of this folder");
    }
    imported.tags = labels_by_frequency(imported.clips);
    return imported;
}

}  // namespace earmark
