#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "datasets/import/imported.h"

namespace earmark {

// One importer for each published format. None reads audio. All throw Error: not_found,
// unreadable, invalid_dataset (names file and line).
//
// Lists are files whose name contains one of the words train, valid, validation, val or test: their split. A folder
// means the lists in it. Clips keep the order of the lists.

/// Which clips of MagnaTagATune are used.
enum class MtatConvention {
    clean,  ///< those in the lists of Lee & Nam, once drop_untagged was called: 15,244 / 1,529 / 4,332 with the top 50
    full,   ///< all but the three broken files: 18,706 / 1,825 / 5,329
};

/// MagnaTagATune: annotations_final.csv (or the folder with it), which is split by folder (0-b train, c valid, d-f
/// test), or lists of path and tags, or both: then the lists have the clips and splits, the annotations the tags.
Imported import_mtat(const std::vector<std::filesystem::path>& sources, MtatConvention convention);

/// Million Song Dataset with Last.fm tags: lists of "msd_id<TAB>tag,tag"; with `labels`, a table of that form, lists
/// may hold ids alone, and those that are not in the table are left out.
Imported import_msd(const std::vector<std::filesystem::path>& lists,
                    const std::optional<std::filesystem::path>& labels);

/// GTZAN: lists of "genre/genre.NNNNN.wav", such as those of the fault-filtered split.
Imported import_gtzan(const std::vector<std::filesystem::path>& lists);

/// Tagtraum's genres of the Million Song Dataset: a .cls file of "TRACKID<TAB>Genre[<TAB>minority genre]" and lists of
/// ids. Without lists all tracks are imported, with no split.
Imported import_tagtraum(const std::filesystem::path& genres, const std::vector<std::filesystem::path>& lists);

/// What to take from the MTG-Jamendo repository.
struct JamendoSelection {
    std::string subset = "top50tags";  ///< all, top50tags, genre, instrument or moodtheme
    int split = 0;                     ///< 0 to 4
};

/// MTG-Jamendo: three files such as autotagging_top50tags-train.tsv; or the folder `data` of its repository (or the one
/// above), and `part` chooses from it.
Imported import_jamendo(const std::vector<std::filesystem::path>& sources, const JamendoSelection& selection);

/// Which labels of the Free Music Archive.
enum class FmaGenres {
    top,  ///< one of 16, for those tracks that have one
    all,  ///< all genres of a track, with names from genres.csv
};

/// Free Music Archive: the folder fma_metadata, or tracks.csv in it. `subset` is small, medium, large or full; each
/// contains those before it.
Imported import_fma(const std::filesystem::path& metadata, const std::string& subset, FmaGenres genres);

/// A folder with a folder of audio for each tag; or with folders train, valid and test that hold such folders. Files
/// below TAG/NAME/ have the artist NAME. A tag without category gets `category` unless that is empty. Files with the
/// ending of a container of video are passed over where `holds_audio`, if given, is false for them. Throws Error
/// (canceled) when `stop` is requested.
Imported import_folder(const std::filesystem::path& folder, const std::string& category,
                       const std::stop_token& stop = {},
                       const std::function<bool(const std::filesystem::path& video)>& holds_audio = {});

/// The names of the columns of a table.
struct TableColumns {
    std::string path = "path";
    std::string tags = "tags";
    char tag_separator = ',';
};

/// Comma-, semicolon- or TAB-separated values with a header. Read are path and tags, and where there are such columns:
/// split, artist, known, duration_s; genre, mood, instrument, voice, era and other, whose values are tags of that
/// category. Throws Error (invalid_dataset) for values that are not UTF-8; a path may be of any bytes if it is that of
/// a file below `audio_folder` (empty: the folder of the table).
Imported import_table(const std::filesystem::path& table, const TableColumns& columns,
                      const std::filesystem::path& audio_folder = {});

}  // namespace earmark
