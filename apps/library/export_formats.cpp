#include "apps/library/export_formats.h"

#include <nlohmann/json.hpp>
#include <span>

#include "apps/common/csv_field.h"
#include "apps/common/numbers.h"
#include "apps/common/visible_text.h"
#include "apps/embed/numpy_archive.h"
#include "apps/embed/numpy_array.h"
#include "base/write_file.h"

namespace earmark {
namespace {

// What is known of a track besides its tags, by name.
nlohmann::ordered_json fields_of(const ExportedTrack& track) {
    nlohmann::ordered_json fields{{"track_id", track.id},
                                  {"path", as_utf8(track.path.string())},
                                  {"state", track.state},
                                  {"error", as_utf8(track.error)},
                                  {"audio_digest", track.digest},
                                  {"title", as_utf8(track.title)},
                                  {"artist", as_utf8(track.artist)},
                                  {"album", as_utf8(track.album)},
                                  {"album_artist", as_utf8(track.album_artist)},
                                  {"genre", as_utf8(track.genre)},
                                  {"year", nullptr},
                                  {"musicbrainz_recording_id", as_utf8(track.musicbrainz_recording_id)},
                                  {"musicbrainz_release_id", as_utf8(track.musicbrainz_release_id)},
                                  {"musicbrainz_artist_id", as_utf8(track.musicbrainz_artist_id)},
                                  {"duration_s", nullptr},
                                  {"status", track.status},
                                  {"warning", as_utf8(track.warning)}};
    if (track.year) fields["year"] = *track.year;
    if (track.duration_s) fields["duration_s"] = rounded(*track.duration_s);
    return fields;
}

std::string bytes_of(const std::vector<float>& values) {
    const auto bytes = std::as_bytes(std::span(values));
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string csv_value(const nlohmann::ordered_json& value) {
    if (value.is_null()) return "";
    return value.is_string() ? csv_field(value.get<std::string>()) : value.dump();
}

}  // namespace

void write_csv(const TextSink& write, ExportReader& reader, const std::vector<std::string>& labels) {
    std::string head;
    const nlohmann::ordered_json names = fields_of({});
    for (const auto& field : names.items()) head += (head.empty() ? "" : ",") + field.key();
    for (const std::string& label : labels) head += "," + csv_field(label);
    write(head + "\n");
    while (const auto track = reader.next()) {
        std::string line;
        for (const auto& field : fields_of(*track)) line += (line.empty() ? "" : ",") + csv_value(field);
        for (std::size_t i = 0; i < labels.size(); ++i)
            line += "," + (track->probabilities.empty() ? "" : fixed_number(track->probabilities[i], 6));
        write(line + "\n");
    }
}

void write_json_lines(const TextSink& write, ExportReader& reader, const std::vector<std::string>& labels) {
    while (const auto track = reader.next()) {
        nlohmann::ordered_json json = fields_of(*track);
        if (!is_utf8(track->path.string())) json["path_bytes"] = hexadecimal(track->path.string());
        json["tags"] = nlohmann::ordered_json::object();
        for (std::size_t i = 0; i < track->probabilities.size(); ++i)
            json["tags"][labels[i]] = rounded(track->probabilities[i]);
        write(json.dump() + "\n");
    }
}

void write_embeddings(const std::filesystem::path& file, catalogue::Database& database,
                      const catalogue::SearchedModel& model) {
    std::vector<std::string> paths;
    std::vector<double> durations_s;
    ExportReader first_pass(database, model, true);
    while (const auto track = first_pass.next()) {
        if (track->embedding.empty()) continue;
        paths.push_back(track->path.string());
        durations_s.push_back(track->duration_s.value_or(0.0));
    }
    ExportReader second_pass(database, model, true);
    const auto next_row = [&]() -> std::string {
        while (const auto track = second_pass.next())
            if (!track->embedding.empty()) return bytes_of(track->embedding);
        return {};
    };
    const nlohmann::ordered_json description{
        {"model", {{"name", model.name}, {"identity", model.identity}}}, {"each", "clip"}, {"quantized", true}};
    write_file(file.string() + ".json", description.dump(2) + "\n");
    write_npz(file, {{"path", npy(paths)}, {"duration_s", npy(durations_s, {durations_s.size()})}},
              {"embedding", {paths.size(), model.embedding_length}, next_row});
}

}  // namespace earmark
