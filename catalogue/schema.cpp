#include "catalogue/schema.h"

#include <array>

namespace earmark::catalogue {
namespace {

constexpr std::string_view version_1 = R"sql(
CREATE TABLE root (
    path ANY PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE model (
    id INTEGER PRIMARY KEY,
    identity TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    is_softmax INTEGER NOT NULL CHECK (is_softmax IN (0, 1)),
    is_current INTEGER NOT NULL CHECK (is_current IN (0, 1)),
    embedding_length INTEGER NOT NULL,
    embedding_mean BLOB NOT NULL,
    embedding_deviation BLOB NOT NULL
) STRICT;

CREATE TABLE tag (
    id INTEGER PRIMARY KEY,
    model_id INTEGER NOT NULL REFERENCES model (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    label TEXT NOT NULL,
    name TEXT NOT NULL,
    category TEXT NOT NULL,
    parent TEXT NOT NULL,
    threshold REAL NOT NULL,
    UNIQUE (model_id, position)
) STRICT;

CREATE TABLE audio (
    id INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    fingerprint BLOB
) STRICT;

CREATE TABLE track (
    id INTEGER PRIMARY KEY,
    path ANY NOT NULL UNIQUE,
    size_bytes INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL,
    audio_id INTEGER REFERENCES audio (id),
    state TEXT NOT NULL CHECK (state IN ('current', 'pending', 'failed', 'stale')),
    is_missing INTEGER NOT NULL DEFAULT 0 CHECK (is_missing IN (0, 1)),
    error TEXT,
    title TEXT NOT NULL DEFAULT '',
    artist TEXT NOT NULL DEFAULT '',
    album TEXT NOT NULL DEFAULT '',
    album_artist TEXT NOT NULL DEFAULT '',
    genre TEXT NOT NULL DEFAULT '',
    year INTEGER,
    musicbrainz_recording_id TEXT NOT NULL DEFAULT '',
    musicbrainz_release_id TEXT NOT NULL DEFAULT '',
    musicbrainz_artist_id TEXT NOT NULL DEFAULT '',
    duration_s REAL
) STRICT;
CREATE INDEX track_audio ON track (audio_id);
CREATE INDEX track_state ON track (state) WHERE state <> 'current';

CREATE TABLE analysis (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    audio_id INTEGER NOT NULL REFERENCES audio (id) ON DELETE CASCADE,
    model_id INTEGER NOT NULL REFERENCES model (id) ON DELETE CASCADE,
    duration_s REAL NOT NULL,
    status TEXT NOT NULL,
    warning TEXT NOT NULL DEFAULT '',
    error TEXT,
    probabilities BLOB NOT NULL,
    embedding BLOB NOT NULL,
    scale REAL NOT NULL,
    UNIQUE (audio_id, model_id)
) STRICT;

CREATE TABLE analysis_tag (
    tag_id INTEGER NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
    analysis_id INTEGER NOT NULL REFERENCES analysis (id) ON DELETE CASCADE,
    probability REAL NOT NULL,
    PRIMARY KEY (analysis_id, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX analysis_tag_of_tag ON analysis_tag (tag_id, probability);

CREATE VIRTUAL TABLE track_text USING fts5 (
    title, artist, album, album_artist,
    content = 'track', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER track_text_insert AFTER INSERT ON track BEGIN
    INSERT INTO track_text (rowid, title, artist, album, album_artist)
    VALUES (new.id, new.title, new.artist, new.album, new.album_artist);
END;
CREATE TRIGGER track_text_delete AFTER DELETE ON track BEGIN
    INSERT INTO track_text (track_text, rowid, title, artist, album, album_artist)
    VALUES ('delete', old.id, old.title, old.artist, old.album, old.album_artist);
END;
CREATE TRIGGER track_text_update AFTER UPDATE OF title, artist, album, album_artist ON track BEGIN
    INSERT INTO track_text (track_text, rowid, title, artist, album, album_artist)
    VALUES ('delete', old.id, old.title, old.artist, old.album, old.album_artist);
    INSERT INTO track_text (rowid, title, artist, album, album_artist)
    VALUES (new.id, new.title, new.artist, new.album, new.album_artist);
END;

CREATE VIEW track_tag AS
SELECT track.id AS track_id, track.path, track.artist, track.title, tag.category, tag.name AS tag,
    analysis_tag.probability, tag.threshold,
    iif(model.is_softmax,
        analysis_tag.probability = max(analysis_tag.probability) OVER (PARTITION BY track.id),
        analysis_tag.probability >= tag.threshold) AS is_present
FROM track
JOIN analysis ON analysis.audio_id = track.audio_id
JOIN model ON model.id = analysis.model_id AND model.is_current
JOIN analysis_tag ON analysis_tag.analysis_id = analysis.id
JOIN tag ON tag.id = analysis_tag.tag_id
WHERE NOT track.is_missing;
)sql";

constexpr std::array all{version_1};

}  // namespace

std::span<const std::string_view> migrations() noexcept { return all; }

}  // namespace earmark::catalogue
