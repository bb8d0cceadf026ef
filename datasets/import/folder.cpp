#include <algorithm>

#include "datasets/audio_files.h"
#include "datasets/dataset.h"
#include "datasets/import/import.h"
#include "datasets/import/lists.h"
#include "datasets/import/tag_category.h"

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
        const auto folders = folders_in(folder_);
        const bool has_splits =
            !folders.empty() && std::ranges::all_of(folders, [](const fs::path& path) { return is_split(path); });
        for (const fs::path& folder : folders) {
            if (!has_splits) {
                read_tag(folder, "");
                continue;
            }
            for (const fs::path& tag : folders_in(folder)) read_tag(tag, split_of_word(folder.filename().string()));
        }
        return std::move(imported_);
    }

private:
    // The whole name: a tag may well be called "test pressing".
    static bool is_split(const fs::path& path) { return !split_of_word(path.filename().string()).empty(); }

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
        ListedClip listed;
        listed.clip.path = file.lexically_relative(folder_);
        listed.clip.split = split;
        listed.clip.labels = {label};
        listed.clip.artist = artist;
        imported_.clips.push_back(std::move(listed));
    }

    fs::path folder_;
    std::string category_;
    Imported imported_;
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
