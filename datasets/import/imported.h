#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/manifest/dataset.h"

namespace earmark {

/// A clip as the lists of a data set describe it.
struct ListedClip {
    Clip clip;                ///< its path is where the data set's own audio folder has it
    double duration_s = 0.0;  ///< 0 when unknown
};

/// A clip that the manifest will not contain.
struct LeftOut {
    std::filesystem::path path;
    std::string split;
    std::string reason;     ///< "missing"; equal for all clips of which the same is true
    bool is_fault = false;  ///< the audio or the lists are wrong; otherwise an option excluded the clip
    std::string detail{};   ///< of this clip alone: the name of another file, or why a file cannot be read

    std::string text() const { return detail.empty() ? reason : reason + ": " + detail; }
};

/// How the audio of a clip is found below a folder.
enum class AudioNames {
    paths,  ///< the path is exactly that of the list
    stems,  ///< by the path with any ending, or else by its file name where that is one clip's alone
};

/// The result of an importer, which the steps below work on.
struct Imported {
    std::vector<ListedClip> clips;
    std::vector<std::string> tags;   ///< labels of the task, the most frequent first
    std::vector<LeftOut> left_out;   ///< in the order of leaving out
    std::vector<std::string> notes;  ///< one line each, for the user
    AudioNames audio_names = AudioNames::stems;
};

/// Moves the clips for which `reason` gives a text from `clips` to `left_out`.
template <typename Reason>
void leave_out(Imported& imported, bool is_fault, Reason reason) {
    std::erase_if(imported.clips, [&](const ListedClip& listed) {
        const std::string why = reason(listed);
        if (why.empty()) return false;
        imported.left_out.push_back({listed.clip.path, listed.clip.split, why, is_fault});
        return true;
    });
}

/// Adds a note that a tag got another spelling because a comma separates tags (label_spelling), once for each tag.
void note_spelling(Imported& imported, std::string_view tag);

/// Adds a note with what a walk of `folder` passed over (PassedOver::line()), unless that is empty.
void note_passed_over(Imported& imported, const std::filesystem::path& folder, const std::string& passed_over);

/// All labels of the clips, most frequent first, equal ones in alphabetical order.
std::vector<std::string> labels_by_frequency(const std::vector<ListedClip>& clips);

/// Keeps the first `count` of the tags, and no other labels in the clips.
void keep_top_tags(Imported& imported, std::size_t count);

/// Keeps the tags of a list (read_labels), in its order and each once. A name matches a label of the same
/// plain_name: "noVocals" is "voice---no vocals". A name with the tag's
/// own category replaces the label, "genre---rock" that of "genre---Rock", so that data sets that are trained on
/// together can agree. A note lists those that match none. Throws Error (invalid_dataset, names the file)
/// when none matches.
void keep_listed_tags(Imported& imported, const std::filesystem::path& list);

/// Leaves out the clips that have no label left.
void drop_untagged(Imported& imported);

/// Leaves out the clips that are known to be shorter.
void drop_shorter(Imported& imported, double shortest_s);

/// Shares of the splits, in percent; they add up to 100.
struct SplitShares {
    double train = 80.0;
    double valid = 10.0;
    double test = 10.0;
};

/// Gives each clip a split by a hash of `seed` and its artist (plain_artist), or its path where the artist is unknown.
/// So each artist is in one split, adding a clip does not change the split of others, and small data sets follow the
/// shares only roughly.
void split_by_hash(Imported& imported, const SplitShares& shares, std::uint64_t seed);

/// Looks for the audio below `folder` and replaces paths by those that were found, relative to `folder`. Leaves out
/// clips whose audio is missing, empty, found twice or that of another clip too, or has a path that a manifest cannot
/// hold. A file that has exactly the path of a clip belongs to that clip alone. Throws Error: not_found, unreadable,
/// canceled (`stop` was requested).
void find_audio(Imported& imported, const std::filesystem::path& folder, const std::stop_token& stop = {});

/// Writes manifest.tsv, tags.txt and left_out.tsv (path, split, reason) to `folder`, which is created if missing.
/// Paths below `folder` become relative to it, others absolute, when `audio_folder` is given. Throws Error: unwritable,
/// invalid_dataset (no clips).
void write_import(const Imported& imported, const std::filesystem::path& folder,
                  const std::optional<std::filesystem::path>& audio_folder);

}  // namespace earmark
