#include <algorithm>
#include <map>
#include <utility>

#include "base/audio_files.h"
#include "datasets/import/import.h"
#include "datasets/import/lists.h"
#include "datasets/import/tag_category.h"
#include "datasets/manifest/dataset.h"
#include "datasets/text/unicode.h"

namespace earmark {
namespace {

namespace fs = std::filesystem;

// A folder and the audio in it and below.
struct Branch {
    fs::path folder;
    FolderWalk walk;
};

class FolderReader {
public:
    FolderReader(fs::path folder, std::string category, std::stop_token stop,
                 std::function<bool(const fs::path&)> holds_audio)
        : folder_(std::move(folder)),
          category_(std::move(category)),
          stop_(std::move(stop)),
          holds_audio_(std::move(holds_audio)) {}

    Imported read() {
        const FolderContents contents = read_folder(folder_);
        const std::vector<Branch> branches = branches_of(contents, {folder_});
        note_passed_over(imported_, folder_, passed_over_in(contents, branches).line());
        pass_over(contents.audio_files);
        const bool has_splits = are_splits(branches);
        for (const Branch& branch : branches) {
            if (has_splits)
                read_split(branch.folder);
            else
                read_tag(branch, "");
        }
        if (silent_video_count_ > 0) {
            imported_.notes.push_back(folder_.string() + ": passed over " + std::to_string(silent_video_count_) +
                                      (silent_video_count_ == 1 ? " video" : " videos") + " without audio");
        }
        if (loose_count_ > 0) {
            imported_.notes.push_back((loose_count_ == 1
                                           ? "an audio file is in no tag folder and was left out: "
                                           : std::to_string(loose_count_) +
                                                 " audio files are in no tag folder and were left out; the first is ") +
                                      first_loose_.string());
        }
        return std::move(imported_);
    }

    /// Whether read() found audio files that are in no tag folder.
    bool has_loose_songs() const { return loose_count_ > 0; }

private:
    // The whole name: a tag may well be called "test pressing".
    static bool is_split(const Branch& branch) { return !split_of_word(branch.folder.filename().string()).empty(); }

    // Each is walked by itself: music that is linked from a second tag folder has both tags. Links back up to `above`
    // are not followed.
    std::vector<Branch> branches_of(const FolderContents& contents, const std::vector<fs::path>& above) const {
        std::vector<Branch> branches;
        for (const fs::path& folder : contents.folders) {
            branches.push_back({folder, walk_readable_folder(folder, above, stop_)});
        }
        return branches;
    }

    static PassedOver passed_over_in(const FolderContents& contents, const std::vector<Branch>& branches) {
        PassedOver all = contents.passed_over;
        for (const Branch& branch : branches) all.add(branch.walk.passed_over);
        return all;
    }

    // A tag may be called "train", but not two of them "train" and "test": a model must not be trained on
    // music of the test split.
    bool are_splits(std::vector<Branch> branches) const {
        std::erase_if(branches, [](const Branch& branch) { return branch.walk.audio_files.empty(); });
        const auto other = std::ranges::find_if_not(branches, is_split);
        const auto first = std::ranges::find_if(branches, is_split);
        if (other == branches.end()) return !branches.empty();
        if (std::ranges::count_if(branches, is_split) < 2) return false;
        throw Error(ErrorCode::invalid_dataset,
                    folder_.string() + ": has folders named after splits (" + first->folder.filename().string() +
                        ") and others (" + other->folder.filename().string() + "); expected only one of the two");
    }

    void pass_over(const std::vector<fs::path>& loose_files) {
        if (loose_count_ == 0 && !loose_files.empty()) first_loose_ = loose_files.front();
        loose_count_ += loose_files.size();
    }

    void read_split(const fs::path& folder) {
        const FolderContents contents = read_folder(folder);
        pass_over(contents.audio_files);
        for (const Branch& branch : branches_of(contents, {folder_, folder})) {
            read_tag(branch, split_of_word(folder.filename().string()));
        }
    }

    void read_tag(const Branch& branch, const std::string& split) {
        if (branch.walk.audio_files.empty()) return;
        const std::string name = branch.folder.filename().string();
        if (label_spelling(name).empty()) {
            throw Error(ErrorCode::invalid_dataset,
                        branch.folder.string() + ": expected the name of a tag, found only commas and spaces");
        }
        if (!is_valid_utf8(name)) {
            throw Error(ErrorCode::invalid_dataset,
                        branch.folder.string() + ": expected the name of a tag in UTF-8; rename the folder");
        }
        note_spelling(imported_, name);
        const std::string label = label_in_category(category_, name);
        for (const fs::path& file : branch.walk.audio_files) {
            if (is_silent_video(file)) {
                ++silent_video_count_;
                continue;
            }
            const fs::path below = file.lexically_relative(branch.folder);
            add(file, split, label, below.has_parent_path() ? below.begin()->string() : "");
        }
    }

    bool is_silent_video(const fs::path& file) const {
        if (stop_.stop_requested()) throw Error(ErrorCode::canceled, folder_.string() + ": the search was stopped");
        return holds_audio_ && has_video_ending(file) && !holds_audio_(file);
    }

    void add(const fs::path& file, const std::string& split, const std::string& label, const std::string& artist) {
        const auto [place, is_new] = places_.emplace(fs::weakly_canonical(file), imported_.clips.size());
        if (!is_new) return add_link(file, split, label, imported_.clips[place->second].clip);
        ListedClip listed;
        listed.clip.path = file.lexically_relative(folder_);
        listed.clip.split = split;
        listed.clip.labels = {label};
        listed.clip.artist = artist;
        imported_.clips.push_back(std::move(listed));
    }

    // A file that is in one tag folder and linked from another has both tags.
    void add_link(const fs::path& link, const std::string& split, const std::string& label, Clip& clip) const {
        if (split != clip.split) {
            throw Error(ErrorCode::invalid_dataset, link.string() + ": is the same file as " +
                                                        (folder_ / clip.path).string() + ", which is in the split '" +
                                                        clip.split + "'; expected each file in one split");
        }
        add_label(clip.labels, label);
    }

    fs::path folder_;
    std::string category_;
    std::stop_token stop_;
    std::function<bool(const fs::path&)> holds_audio_;
    Imported imported_;
    std::size_t silent_video_count_ = 0;
    std::map<fs::path, std::size_t> places_;  ///< of the clips, by what their files really are
    std::size_t loose_count_ = 0;             ///< of audio files in no tag folder
    fs::path first_loose_;
};

// The folder of one tag is easily taken for that of all tags.
Error no_songs_in_tag_folders(const fs::path& folder, bool has_loose_songs) {
    const fs::path parent = (folder / "").parent_path().parent_path();  // also of one that ends with a slash
    if (!has_loose_songs)
        return {ErrorCode::invalid_dataset, folder.string() + ": no audio files in its folders; expected DIR/TAG/song"};
    return {ErrorCode::invalid_dataset, folder.string() + ": has songs but no tag folders; expected DIR/TAG/song" +
                                            (parent.empty() ? "" : " (did you mean '" + parent.string() + "'?)")};
}

}  // namespace

Imported import_folder(const fs::path& folder, const std::string& category, const std::stop_token& stop,
                       const std::function<bool(const fs::path& video)>& holds_audio) {
    if (!fs::is_directory(folder)) {
        throw Error(ErrorCode::not_found, folder.string() + ": no such folder; expected DIR/TAG/song");
    }
    FolderReader reader(folder, category, stop, holds_audio);
    Imported imported = reader.read();
    imported.audio_names = AudioNames::paths;
    if (imported.clips.empty()) throw no_songs_in_tag_folders(folder, reader.has_loose_songs());
    imported.tags = labels_by_frequency(imported.clips);
    return imported;
}

}  // namespace earmark
