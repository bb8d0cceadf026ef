#include "apps/library/exported_track.h"

#include <span>

#include "catalogue/blob.h"
#include "search/quantized_embedding.h"

namespace earmark {
namespace {

std::vector<float> embedding_of(std::span<const std::byte> bytes, double scale, const catalogue::SearchedModel& model) {
    if (bytes.size() != model.embedding_length) return {};
    const std::span values(reinterpret_cast<const std::int8_t*>(bytes.data()), bytes.size());
    std::vector<float> embedding = dequantize(values, static_cast<float>(scale));
    for (std::size_t i = 0; i < embedding.size(); ++i)
        embedding[i] = embedding[i] * model.embedding_deviation[i] + model.embedding_mean[i];
    return embedding;
}

}  // namespace

ExportReader::ExportReader(catalogue::Database& database, const catalogue::SearchedModel& model, bool has_embeddings)
    : statement_(database.prepare(
          "SELECT track.id, path, state, track.error, audio.digest, title, artist, album, album_artist, genre, year, "
          "musicbrainz_recording_id, musicbrainz_release_id, musicbrainz_artist_id, track.duration_s, analysis.status, "
          "analysis.warning, analysis.probabilities, analysis.embedding, analysis.scale FROM track LEFT JOIN audio ON "
          "audio.id = track.audio_id LEFT JOIN analysis ON analysis.audio_id = track.audio_id AND analysis.model_id = "
          "?1 WHERE NOT is_missing ORDER BY path")),
      model_(model),
      has_embeddings_(has_embeddings) {
    statement_.bind(1, model.id);
}

std::optional<ExportedTrack> ExportReader::next() {
    if (!statement_.step()) return std::nullopt;
    ExportedTrack track;
    track.id = statement_.integer(0);
    track.path = statement_.path(1);
    int column = 2;
    for (std::string* text : {&track.state, &track.error, &track.digest, &track.title, &track.artist, &track.album,
                              &track.album_artist, &track.genre})
        *text = statement_.text(column++);
    if (!statement_.is_null(column)) track.year = statement_.integer(column);
    ++column;
    for (std::string* text :
         {&track.musicbrainz_recording_id, &track.musicbrainz_release_id, &track.musicbrainz_artist_id})
        *text = statement_.text(column++);
    if (!statement_.is_null(column)) track.duration_s = statement_.real(column);
    track.status = statement_.text(column + 1);
    track.warning = statement_.text(column + 2);
    track.probabilities = catalogue::numbers_of<float>(statement_.bytes(column + 3));
    if (track.probabilities.size() != model_.tags.size()) track.probabilities.clear();
    if (has_embeddings_)
        track.embedding = embedding_of(statement_.bytes(column + 4), statement_.real(column + 5), model_);
    return track;
}

std::vector<std::string> labels_of(catalogue::Database& database, const catalogue::SearchedModel& model) {
    std::vector<std::string> labels;
    catalogue::Statement statement = database.prepare("SELECT label FROM tag WHERE model_id = ?1 ORDER BY position");
    statement.bind(1, model.id);
    while (statement.step()) labels.push_back(statement.text(0));
    return labels;
}

}  // namespace earmark
