#include "catalogue/track_store.h"

#include <span>

#include "catalogue/below.h"
#include "catalogue/clip_columns.h"
#include "catalogue/model_rows.h"
#include "earmark/embedding.h"
#include "search/quantized_embedding.h"

namespace earmark::catalogue {
namespace {

std::vector<std::int64_t> ids_of_tags(Database& database, std::int64_t model_id) {
    std::vector<std::int64_t> ids;
    Statement statement = database.prepare("SELECT id FROM tag WHERE model_id = ?1 ORDER BY position");
    statement.bind(1, model_id);
    while (statement.step()) ids.push_back(statement.integer(0));
    return ids;
}

}  // namespace

TrackStore::TrackStore(Catalogue& catalogue, const Model& model)
    : database_(catalogue.database()),
      model_(model),
      model_id_(keep_model(catalogue, model)),
      tag_ids_(ids_of_tags(database_, model_id_)),
      keep_audio_(database_.prepare("INSERT OR IGNORE INTO audio (digest) VALUES (?1)")),
      find_audio_(database_.prepare("SELECT id FROM audio WHERE digest = ?1")),
      insert_analysis_(database_.prepare(
          "INSERT OR REPLACE INTO analysis (audio_id, model_id, duration_s, status, warning, error, probabilities, "
          "embedding, scale) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")),
      insert_tag_(database_.prepare("INSERT INTO analysis_tag (analysis_id, tag_id, probability) VALUES (?1, ?2, ?3)")),
      write_fields_(database_.prepare(
          "UPDATE track SET audio_id = ?2, title = ?3, artist = ?4, album = ?5, album_artist = ?6, genre = ?7, "
          "year = ?8, musicbrainz_recording_id = ?9, musicbrainz_release_id = ?10, musicbrainz_artist_id = ?11, "
          "duration_s = ?12 WHERE id = ?1")),
      take_known_(database_.prepare(
          "UPDATE track SET state = iif(analysis.error IS NULL, 'current', 'failed'), error = analysis.error "
          "FROM analysis WHERE track.audio_id = ?1 AND analysis.audio_id = ?1 AND analysis.model_id = ?2")),
      find_moved_(database_.prepare("SELECT old.id FROM track AS old, track AS new WHERE new.id = ?1 AND new.audio_id "
                                    "IS NULL AND old.audio_id = ?2 AND old.is_missing ORDER BY old.id LIMIT 1")),
      find_(database_.prepare(
          std::string("SELECT ") + clip_columns +
          " FROM track JOIN analysis ON analysis.audio_id = track.audio_id AND analysis.model_id = ?4 WHERE track.path "
          "= ?1 AND "
          "track.size_bytes = ?2 AND track.modified_ns = ?3 AND track.state <> 'pending' AND analysis.error IS NULL")) {
}

std::vector<WaitingTrack> TrackStore::waiting(const std::vector<std::filesystem::path>& roots,
                                              const WaitingOptions& options) {
    fill_below(database_, "searched", roots);
    std::string states = "'pending'";
    if (options.stale) states += ", 'stale'";
    if (options.failed) states += ", 'failed'";
    std::string wanted = "(state IN (" + states + ") AND state <> 'current')";
    if (options.stale)
        wanted += " OR (state = 'current' AND audio_id IN (SELECT id FROM audio WHERE fingerprint IS NULL))";
    Statement statement = database_.prepare("SELECT id, path FROM track WHERE (" + wanted +
                                            ") AND NOT is_missing AND " + is_below("searched") + " ORDER BY path");
    std::vector<WaitingTrack> tracks;
    while (statement.step()) tracks.push_back({statement.integer(0), statement.path(1)});
    return tracks;
}

std::int64_t TrackStore::keep_path(const std::filesystem::path& path, const FileStamp& stamp) {
    Statement insert = database_.prepare(
        "INSERT INTO track (path, size_bytes, modified_ns, state) VALUES (?1, ?2, ?3, 'pending') ON CONFLICT (path) DO "
        "UPDATE SET state = iif(size_bytes = ?2 AND modified_ns = ?3, state, 'pending'), audio_id = iif(size_bytes = "
        "?2 "
        "AND modified_ns = ?3, audio_id, NULL), size_bytes = ?2, modified_ns = ?3, is_missing = 0 RETURNING id");
    insert.bind_path(1, path).bind(2, stamp.size_bytes).bind(3, stamp.modified_ns);
    insert.step();
    const std::int64_t id = insert.integer(0);
    while (insert.step()) {
    }
    return id;
}

PlacedTrack TrackStore::place(std::int64_t track_id, const FileContents& contents) {
    Transaction transaction(database_);
    PlacedTrack placed;
    placed.audio_id = keep_audio(contents.audio_digest);
    if (const auto moved = find_moved(track_id, placed.audio_id)) {
        // The row that is older stays: others may know its number.
        const std::string from = std::to_string(track_id);
        const std::string to = std::to_string(*moved);
        database_.execute(
            "CREATE TEMP TABLE IF NOT EXISTS moving (path ANY, size_bytes, modified_ns); DELETE FROM moving; "
            "INSERT INTO moving SELECT path, size_bytes, modified_ns FROM track WHERE id = " +
            from + "; DELETE FROM track WHERE id = " + from +
            "; UPDATE track SET (path, size_bytes, modified_ns) = (SELECT * FROM moving), is_missing = 0, state = "
            "'pending' WHERE id = " +
            to);
        placed.has_moved = true;
        track_id = *moved;
    }
    placed.track_id = track_id;
    write_fields(track_id, placed.audio_id, contents);
    placed.is_known = take_known(placed.audio_id);
    transaction.commit();
    return placed;
}

std::int64_t TrackStore::keep_audio(const std::string& digest) {
    keep_audio_.bind(1, digest).run();
    find_audio_.bind(1, digest);
    find_audio_.step();
    const std::int64_t id = find_audio_.integer(0);
    find_audio_.reset();
    return id;
}

bool TrackStore::take_known(std::int64_t audio_id) {
    take_known_.bind(1, audio_id).bind(2, model_id_).run();
    return database_.change_count() > 0;
}

std::optional<std::int64_t> TrackStore::find_moved(std::int64_t track_id, std::int64_t audio_id) {
    find_moved_.bind(1, track_id).bind(2, audio_id);
    const auto found = find_moved_.step() ? std::optional(find_moved_.integer(0)) : std::nullopt;
    find_moved_.reset();
    return found;
}

void TrackStore::write_fields(std::int64_t track_id, std::int64_t audio_id, const FileContents& contents) {
    const StatedFields& fields = contents.fields;
    write_fields_.bind(1, track_id)
        .bind(2, audio_id)
        .bind(3, fields.title)
        .bind(4, fields.artist)
        .bind(5, fields.album)
        .bind(6, fields.album_artist)
        .bind(7, fields.genre)
        .bind(9, fields.musicbrainz_recording_id)
        .bind(10, fields.musicbrainz_release_id)
        .bind(11, fields.musicbrainz_artist_id);
    if (fields.year) write_fields_.bind(8, std::int64_t{*fields.year});
    if (contents.duration_s) write_fields_.bind(12, *contents.duration_s);
    write_fields_.run();
}

bool TrackStore::lacks_fingerprint(std::int64_t audio_id) {
    Statement statement = database_.prepare("SELECT fingerprint IS NULL FROM audio WHERE id = ?1");
    statement.bind(1, audio_id);
    return statement.step() && statement.integer(0) == 1;
}

void TrackStore::keep(std::int64_t audio_id, const ClipResult& clip, const Fingerprint& fingerprint) {
    Transaction transaction(database_);
    database_.prepare("UPDATE audio SET fingerprint = ?2 WHERE id = ?1 AND (fingerprint IS NULL OR length(?2) > 0)")
        .bind(1, audio_id)
        .bind(2, std::as_bytes(std::span(fingerprint)))
        .run();
    insert_analysis(audio_id, clip, to_string(clip.status), nullptr);
    insert_tags(database_.last_row(), clip);
    take_known(audio_id);
    transaction.commit();
}

void TrackStore::keep_failure(std::int64_t audio_id, const std::string& error) {
    Transaction transaction(database_);
    insert_analysis(audio_id, {}, "error", error.c_str());
    take_known(audio_id);
    transaction.commit();
}

void TrackStore::insert_analysis(std::int64_t audio_id, const ClipResult& clip, std::string_view status,
                                 const char* error) {
    const QuantizedEmbedding embedding =
        clip.embedding.empty() ? QuantizedEmbedding{} : quantize(standardized_embedding(model_, clip.embedding));
    insert_analysis_.bind(1, audio_id)
        .bind(2, model_id_)
        .bind(3, clip.duration_s)
        .bind(4, status)
        .bind(5, clip.warning)
        .bind(7, std::as_bytes(std::span(clip.probabilities)))
        .bind(8, std::as_bytes(std::span(embedding.values)))
        .bind(9, double{embedding.scale});
    if (error != nullptr) insert_analysis_.bind(6, std::string_view(error));
    insert_analysis_.run();
}

void TrackStore::insert_tags(std::int64_t analysis_id, const ClipResult& clip) {
    for (std::size_t i = 0; i < clip.probabilities.size(); ++i) {
        if (clip.probabilities[i] < least_kept_probability) continue;
        insert_tag_.bind(1, analysis_id).bind(2, tag_ids_[i]).bind(3, double{clip.probabilities[i]}).run();
    }
}

void TrackStore::fail(std::int64_t track_id, const std::string& error, bool is_lasting) {
    Statement statement = database_.prepare("UPDATE track SET state = ?2, error = ?3 WHERE id = ?1");
    statement.bind(1, track_id).bind(2, is_lasting ? "failed" : "pending").bind(3, error).run();
}

std::optional<ClipResult> TrackStore::find(const std::filesystem::path& path, const FileStamp& stamp) {
    find_.bind_path(1, path).bind(2, stamp.size_bytes).bind(3, stamp.modified_ns).bind(4, model_id_);
    std::optional<ClipResult> found = find_.step() ? std::optional(clip_of(find_, 0)) : std::nullopt;
    find_.reset();
    return found;
}

}  // namespace earmark::catalogue
