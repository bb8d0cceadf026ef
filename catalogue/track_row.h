#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "catalogue/database.h"

namespace earmark::catalogue {

/// A file of the library. Texts are empty where they are not known.
struct TrackRow {
    std::int64_t id = 0;
    std::filesystem::path path;
    std::string title;
    std::string artist;
    std::string album;
    std::string recording_id;  ///< of MusicBrainz
    std::optional<int> year;
    double duration_s = 0.0;  ///< as the file states it, else of what was analyzed; 0 where neither is known
    std::int64_t audio_id = 0;
    std::int64_t analysis_id = 0;  ///< by the model that was asked for; 0 where there is none
    std::string status;            ///< of this analysis, as to_string(ClipStatus) has it
};

/// Whether the analysis found music to tag: not of a track that is silent, too short, or not music.
bool is_music(const TrackRow& track);

/// Reads tracks one by one. Belongs to one thread, as the database.
class TrackReader {
public:
    TrackReader(Database& database, std::int64_t model_id);

    /// Nothing where there is no such track. Missing files count as long as the database knows them.
    std::optional<TrackRow> with_id(std::int64_t id);
    std::optional<TrackRow> with_path(const std::filesystem::path& path);

    /// The tracks with the audio of this analysis that are not missing, in the order of their ids.
    std::vector<TrackRow> with_analysis(std::int64_t analysis_id);

    /// All tracks with an analysis that are not missing, in the order of their ids.
    std::vector<TrackRow> all();

private:
    std::optional<TrackRow> one(Statement& statement);

    Statement by_id_;
    Statement by_path_;
    Statement by_analysis_;
    Statement all_;
    std::int64_t model_id_;
};

}  // namespace earmark::catalogue
