#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace earmark {

/// One recording of a data set.
struct Clip {
    std::filesystem::path path;  ///< as in the manifest: relative to Dataset::folder unless absolute
    std::string split;           ///< "train", "valid", "test", or any other word
    std::vector<std::string> labels;
    std::string artist;                   ///< empty when unknown
    std::size_t line = 0;                 ///< in the manifest, counted from 1
    std::filesystem::path manifest = {};  ///< where that is not Dataset::manifest: see join_datasets

    /// What was judged for this clip: labels, or categories ("genre" for every label "genre---..."). A label that is
    /// neither here nor in `labels` is unknown, not negative. Nothing: every label was judged.
    std::optional<std::vector<std::string>> known{};

    /// Of what is known, the labels and categories that models predicted (pseudo-labels); people annotated the rest.
    std::vector<std::string> predicted{};

    /// Labels that are unknown, and the probability in [0, 1] that the clip has them.
    std::map<std::string, float> likely{};

    /// The same number in clips that are copies of each other, as far as somebody looked for copies; else 0. In no
    /// manifest: see copies.h.
    std::size_t copies = 0;
};

/// Whether it is known if a clip has a label: see Clip::known.
bool knows(const Clip& clip, const std::string& label);

/// A list of recordings and their labels; no audio is read. A value.
struct Dataset {
    std::filesystem::path folder;
    std::filesystem::path manifest;
    std::vector<Clip> clips;

    /// Where the file is; of two spellings in Unicode (existing_spelling) the one that exists.
    std::filesystem::path audio_path(const Clip& clip) const;

    /// For messages: "FOLDER/manifest.tsv:12".
    std::string place_of(const Clip& clip) const;

    /// The clips of one split, in the order of the manifest.
    std::vector<Clip> split(const std::string& name) const;
};

/// Reads `folder`/manifest.tsv: TAB-separated, one header line that names at least `path`, `split` and `tags` (columns
/// in any order, others are ignored except `artist`, `known`, `predicted` and `likely`), labels joined by commas,
/// possibly none; a label twice in a clip counts once. `known` and `predicted` hold labels and categories joined by
/// commas; when `known` is empty, all are known. `likely` holds LABEL=PROBABILITY joined by commas.
/// Lines may end in CR LF; a byte-order mark and empty lines are skipped. Fields may be quoted, as spreadsheets write
/// them (unquoted). Tags, artists, `known`, `predicted` and `likely` are given in NFC; two spellings of a path in
/// Unicode are the same path, unless they are two files. Throws Error: not_found, unreadable, invalid_dataset (names
/// the file and the line): no clips, a column missing, a wrong number of fields, a path twice, tags that are not UTF-8,
/// a likely label that is known, has no probability, or is there twice.
Dataset read_manifest(const std::filesystem::path& folder);

/// Writes `folder`/manifest.tsv with path, split, tags and artist, and with `known`, `predicted` and `likely` where a
/// clip has them, as a whole or not at all; `read_manifest` gives the same clips again, and `line` does not matter.
/// Labels are spelled by `label_spelling`; TABs and line ends in other texts become spaces. Throws Error: unwritable,
/// invalid_dataset (a path that does not fit).
void write_manifest(const std::filesystem::path& folder, const std::vector<Clip>& clips);

/// What write_manifest() writes. Throws Error (invalid_dataset) as it does.
std::string manifest_text(const std::vector<Clip>& clips);

/// A label as manifests and lists of labels can hold it, in NFC: a comma, TAB or line end becomes a space, with the
/// spaces around it one.
std::string label_spelling(std::string_view label);

/// What is left of a label without category, capitals, spaces, '-' and '_': the same for "voice---no vocals" and
/// "noVocals".
std::string plain_name(std::string_view label);

/// The first `most` of some labels and how many more there are, for a message: "polka, ska and 3 more". REQUIRES: at
/// least one.
std::string some_of(const std::vector<std::string>& labels, std::size_t most);

/// Whether a manifest can hold this path: one with a TAB or a line end does not fit in a line.
bool fits_manifest(const std::filesystem::path& path);

/// Several data sets as one, for training on all of them. A clip without `known` gets the labels of its own data set as
/// known: labels that only other data sets have are unknown, not negative. A single data set stays as it is. Throws
/// Error (invalid_dataset) when a file is in two of them. REQUIRES: at least one.
Dataset join_datasets(std::vector<Dataset> datasets);

/// The name of an artist without capitals (of ASCII) and spaces: the same for the spellings of one name. Empty when the
/// artist is unknown.
std::string plain_artist(std::string_view artist);

/// Splits for one round of cross-validation: the clips of fold `fold` become "test", those of the next fold "valid",
/// all others "train". Folds are drawn at random, from `seed`, and have about equally many clips; copies (Clip::copies)
/// are in one fold; with `by_artist` no artist (plain_artist) is in two of them, and a clip without an artist counts as
/// an artist of its own. REQUIRES: fold < fold_count. Throws Error (invalid_dataset) when there are fewer than
/// fold_count clips or artists, copies counted once; when fold_count is below 3; or when artists are asked for and none
/// is known.
struct FoldPlan {
    std::size_t fold_count = 5;
    bool by_artist = false;
    std::uint64_t seed = 1;
};
void assign_fold(Dataset& dataset, const FoldPlan& plan, std::size_t fold);

/// A clip that cannot be used, and why.
struct ClipProblem {
    std::filesystem::path clip;      ///< as in the manifest
    std::filesystem::path manifest;  ///< that names it
    std::size_t line = 0;            ///< there, counted from 1
    std::string message;             ///< with the name of the audio file: "audio/x.opus: no such file"

    bool operator==(const ClipProblem&) const = default;
};

/// "FOLDER/manifest.tsv:12: audio/x.opus: no such file"
std::string to_string(const ClipProblem& problem);

/// `message` about a clip of `dataset`.
ClipProblem problem_of(const Dataset& dataset, const Clip& clip, std::string message);

/// Removes the clips whose audio file is missing from `dataset` and returns them.
std::vector<ClipProblem> remove_missing(Dataset& dataset);

/// The label list of a task: one label per line, in the order of the file and in NFC; empty lines are skipped, quotes
/// of spreadsheets removed. Throws Error: not_found, unreadable, invalid_dataset (a label twice, none, or not UTF-8).
std::vector<std::string> read_labels(const std::filesystem::path& path);

/// All labels of the clips of `split`, most frequent first, equal ones in alphabetical order.
std::vector<std::string> labels_by_frequency(const Dataset& dataset, const std::string& split);

/// Which of `labels` a clip has: 1 or 0 for each, in their order; where that is unknown, the probability, or NaN where
/// there is none. A probability is at least 0.001 and at most 0.999, so that it is no truth. Other labels of the clip
/// do not matter.
std::vector<float> targets(const Clip& clip, const std::vector<std::string>& labels);

/// The same by what people annotated alone: 1, 0, or NaN where nobody did (Clip::predicted).
std::vector<float> annotated_targets(const Clip& clip, const std::vector<std::string>& labels);

}  // namespace earmark
