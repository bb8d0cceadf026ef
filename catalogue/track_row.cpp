#include "catalogue/track_row.h"

#include <algorithm>
#include <array>

#include "earmark/tagger.h"

namespace earmark::catalogue {
namespace {

// ?1 is the model.
std::string select(const std::string& where) {
    return "SELECT track.id, path, title, artist, album, musicbrainz_recording_id, year, "
           "coalesce(track.duration_s, analysis.duration_s), "
           "track.audio_id, analysis.id, analysis.status FROM track LEFT JOIN analysis ON analysis.audio_id = "
           "track.audio_id AND "
           "analysis.model_id = ?1 WHERE " +
           where;
}

TrackRow row_of(Statement& statement) {
    TrackRow row{statement.integer(0), statement.path(1),    statement.text(2), statement.text(3),
                 statement.text(4),    statement.text(5),    std::nullopt,      statement.real(7),
                 statement.integer(8), statement.integer(9), statement.text(10)};
    if (!statement.is_null(6)) row.year = static_cast<int>(statement.integer(6));
    return row;
}

}  // namespace

bool is_music(const TrackRow& track) {
    constexpr std::array without_music{ClipStatus::silent, ClipStatus::too_short, ClipStatus::not_music};
    const auto is_its = [&](ClipStatus status) { return track.status == to_string(status); };
    return std::ranges::none_of(without_music, is_its);
}

TrackReader::TrackReader(Database& database, std::int64_t model_id)
    : by_id_(database.prepare(select("track.id = ?2"))),
      by_path_(database.prepare(select("path = ?2"))),
      by_analysis_(database.prepare(
          select("state = 'current' AND NOT is_missing AND track.audio_id = (SELECT audio_id FROM analysis WHERE "
                 "id = ?2) ORDER BY track.id"))),
      all_(database.prepare(
          select("state = 'current' AND NOT is_missing AND analysis.id IS NOT NULL ORDER BY track.id"))),
      model_id_(model_id) {}

std::optional<TrackRow> TrackReader::one(Statement& statement) {
    std::optional<TrackRow> found = statement.step() ? std::optional(row_of(statement)) : std::nullopt;
    statement.reset();
    return found;
}

std::optional<TrackRow> TrackReader::with_id(std::int64_t id) { return one(by_id_.bind(1, model_id_).bind(2, id)); }

std::optional<TrackRow> TrackReader::with_path(const std::filesystem::path& path) {
    return one(by_path_.bind(1, model_id_).bind_path(2, path));
}

std::vector<TrackRow> TrackReader::with_analysis(std::int64_t analysis_id) {
    by_analysis_.bind(1, model_id_).bind(2, analysis_id);
    std::vector<TrackRow> rows;
    while (by_analysis_.step()) rows.push_back(row_of(by_analysis_));
    by_analysis_.reset();
    return rows;
}

std::vector<TrackRow> TrackReader::all() {
    all_.bind(1, model_id_);
    std::vector<TrackRow> rows;
    while (all_.step()) rows.push_back(row_of(all_));
    all_.reset();
    return rows;
}

}  // namespace earmark::catalogue
