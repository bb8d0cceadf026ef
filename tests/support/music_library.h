#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "catalogue/catalogue.h"
#include "earmark/model.h"
#include "search/quantized_embedding.h"

namespace earmark {

/// A track for the database of a music library.
struct LibraryTrack {
    std::string path{};
    std::vector<float> embedding{};        ///< standardized; empty for an error
    std::map<std::string, double> tags{};  ///< probabilities by name
    std::string title{};
    std::string artist{};
    std::string album{};
    int year = 0;
    double duration_s = 0.0;
};

/// Writes what `earmark library scan` writes, for tests that need no audio.
class MusicLibrary {
public:
    explicit MusicLibrary(const std::filesystem::path& file) : catalogue_(file) {}

    catalogue::Database& database() { return catalogue_.database(); }

    /// The current model, with as many numbers in an embedding; thresholds are 0.5. `tags`: "category---name".
    void add_model(const std::string& identity, std::size_t embedding_length, const std::vector<std::string>& tags) {
        database().execute("UPDATE model SET is_current = 0");
        const std::vector<float> means(embedding_length, 0.0F);
        const std::vector<float> deviations(embedding_length, 1.0F);
        catalogue::Statement statement = database().prepare(
            "INSERT INTO model (identity, name, is_softmax, is_current, embedding_length, embedding_mean, "
            "embedding_deviation) VALUES (?1, 'small', 0, 1, ?2, ?3, ?4)");
        statement.bind(1, std::string_view(identity)).bind(2, static_cast<std::int64_t>(embedding_length));
        statement.bind(3, std::as_bytes(std::span(means))).bind(4, std::as_bytes(std::span(deviations))).run();
        model_id_ = database().last_row();
        for (std::size_t i = 0; i < tags.size(); ++i) add_tag(tag_from_label(tags[i]), i);
    }

    /// Its id. The audio is that of `copy_of`, if that is given.
    std::int64_t add(const LibraryTrack& track, std::int64_t copy_of = 0) {
        const std::int64_t audio = copy_of == 0 ? add_audio() : audio_of(copy_of);
        if (copy_of == 0) add_analysis(track, audio);
        catalogue::Statement statement = database().prepare(
            "INSERT INTO track (path, size_bytes, modified_ns, audio_id, state, title, artist, album, year, "
            "duration_s) "
            "VALUES (?1, 1, 1, ?2, ?3, ?4, ?5, ?6, nullif(?7, 0), nullif(?8, 0))");
        statement.bind_path(1, track.path).bind(2, audio);
        statement.bind(3, std::string_view(track.embedding.empty() && copy_of == 0 ? "failed" : "current"));
        statement.bind(4, std::string_view(track.title)).bind(5, std::string_view(track.artist));
        statement.bind(6, std::string_view(track.album)).bind(7, std::int64_t{track.year}).bind(8, track.duration_s);
        statement.run();
        return database().last_row();
    }

    /// As to_string(ClipStatus) has it, of the audio of a track.
    void set_status(std::int64_t track, std::string_view status) {
        catalogue::Statement statement = database().prepare("UPDATE analysis SET status = ?1 WHERE audio_id = ?2");
        statement.bind(1, status).bind(2, audio_of(track)).run();
    }

private:
    void add_tag(const Tag& tag, std::size_t position) {
        catalogue::Statement statement = database().prepare(
            "INSERT INTO tag (model_id, position, label, name, category, parent, threshold) VALUES (?1, ?2, ?3, ?4, "
            "?5, "
            "'', 0.5)");
        statement.bind(1, model_id_).bind(2, static_cast<std::int64_t>(position)).bind(3, std::string_view(tag.label));
        statement.bind(4, std::string_view(tag.name)).bind(5, category_name(tag.category)).run();
        tag_ids_[tag.name] = database().last_row();
    }

    std::int64_t add_audio() {
        const std::string digest = "digest " + std::to_string(++audio_count_);
        database().prepare("INSERT INTO audio (digest) VALUES (?1)").bind(1, std::string_view(digest)).step();
        return database().last_row();
    }

    std::int64_t audio_of(std::int64_t track) {
        return database().integer("SELECT audio_id FROM track WHERE id = " + std::to_string(track));
    }

    void add_analysis(const LibraryTrack& track, std::int64_t audio) {
        const QuantizedEmbedding quantized = quantize(track.embedding);
        catalogue::Statement statement = database().prepare(
            "INSERT INTO analysis (audio_id, model_id, duration_s, status, probabilities, embedding, scale) VALUES "
            "(?1, "
            "?2, ?3, ?4, x'', ?5, ?6)");
        statement.bind(1, audio).bind(2, model_id_).bind(3, track.duration_s);
        statement.bind(4, std::string_view(track.embedding.empty() ? "error" : "ok"));
        statement.bind(5, std::as_bytes(std::span(quantized.values))).bind(6, double{quantized.scale}).run();
        const std::int64_t analysis = database().last_row();
        for (const auto& [name, probability] : track.tags) {
            catalogue::Statement row =
                database().prepare("INSERT INTO analysis_tag (tag_id, analysis_id, probability) VALUES (?1, ?2, ?3)");
            row.bind(1, tag_ids_.at(name)).bind(2, analysis).bind(3, probability).run();
        }
    }

    catalogue::Catalogue catalogue_;
    std::int64_t model_id_ = 0;
    int audio_count_ = 0;
    std::map<std::string, std::int64_t> tag_ids_;
};

}  // namespace earmark
