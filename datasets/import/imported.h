#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "datasets/manifest/dataset.h"

namespace earmark {

/// A clip as the lists of a data set have it.
struct ListedClip {
    Clip clip;                ///< its path is where the data set's own audio folder has it
    double duration_s = 0.0;  ///< 0 when the lists do not say
};

/// A clip that does not come into the manifest.
struct LeftOut {
    std::filesystem::path path;
    std::string split;
    std::string reason;
    bool is_fault = false;  ///< something is wrong with the audio or the lists; otherwise it was not asked for
};

/// How the audio of a clip is found below a folder.
enum class AudioNames {
    paths,  ///< the path is exactly that of the list
    stems,  ///< by the path with any ending, or else by its last part where that is one clip's alone
};

/// What an importer reads, and the steps below work on.
struct Imported {
    std::vector<ListedClip> clips;
    std::vector<std::string> tags;   ///< labels of the task, the most frequent first
    std::vector<LeftOut> left_out;   ///< in the order in which they were
    std::vector<std::string> notes;  ///< a line each: what a user should know about this data set
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

/// Adds a note with what a walk of `folder` passed over (PassedOver::line()), unless that is empty.
void note_passed_over(Imported& imported, const std::filesystem::path& folder, const std::string& passed_over);

/// All labels of the clips, most frequent first, equal ones in alphabetical order.
std::vector<std::string> labels_by_frequency(const std::vector<ListedClip>& clips);

/// Keeps the first `count` of the tags, and no other labels in the clips.
void keep_top_tags(Imported& imported, std::size_t count);

/// Keeps the tags of a list (read_labels), in its order and each once. A name there fits a label of the same
/// plain_name: "noVocals" is "voice---no vocals". A name with the tag's
/// own category becomes the tag's, "genre---rock" that of "genre---Rock", so that data sets that are trained on
/// together can agree. A note names those that fit none. Throws Error (invalid_dataset, names the file) when all of
/// them do so.
void keep_listed_tags(Imported& imported, const std::filesystem::path& list);

/// Leaves out the clips that have no label any more.
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
/// So an artist is in one split, another clip changes no split, and small sets keep to the shares only roughly.
void split_by_hash(Imported& imported, const SplitShares& shares, std::uint64_t seed);

/// Looks for the audio below `folder`: paths become those that were found, below `folder`. Clips whose audio is
/// missing, empty, found twice, that of another clip too, or has a path that does not fit a manifest are left out. A
/// file that a clip has by its very path is no other's. Throws Error: not_found, unreadable.
void find_audio(Imported& imported, const std::filesystem::path& folder);

/// Writes manifest.tsv, tags.txt and left_out.tsv (path, split, reason) to `folder`, which is made where it is missing.
/// Paths below `folder` become relative to it, others absolute, when `audio_folder` is given. Throws Error: unwritable,
/// invalid_dataset (no clips).
void write_import(const Imported& imported, const std::filesystem::path& folder,
                  const std::optional<std::filesystem::path>& audio_folder);

}  // namespace earmark
