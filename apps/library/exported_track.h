#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "catalogue/catalogue.h"
#include "catalogue/searched_model.h"

namespace earmark {

/// All that a library has of a file that is not missing; what is not known is empty.
struct ExportedTrack {
    std::int64_t id = 0;
    std::filesystem::path path;
    std::string state;
    std::string error;
    std::string digest;
    std::string title;
    std::string artist;
    std::string album;
    std::string album_artist;
    std::string genre;
    std::optional<std::int64_t> year;
    std::string musicbrainz_recording_id;
    std::string musicbrainz_release_id;
    std::string musicbrainz_artist_id;
    std::optional<double> duration_s;
    std::string status;
    std::string warning;
    std::vector<float> probabilities;  ///< of all tags of the model, or of none
    std::vector<float> embedding;      ///< as the library returns it, to half a step of its int8; or empty
};

/// Reads the tracks of a library one by one, in the order of their paths, with the results of one model.
class ExportReader {
public:
    ExportReader(catalogue::Database& database, const catalogue::SearchedModel& model, bool has_embeddings);

    /// Nothing after the last. Throws DatabaseError.
    std::optional<ExportedTrack> next();

private:
    catalogue::Statement statement_;
    const catalogue::SearchedModel& model_;
    bool has_embeddings_;
};

/// The labels of the model's tags, "genre---Jazz", in its order. Throws DatabaseError.
std::vector<std::string> labels_of(catalogue::Database& database, const catalogue::SearchedModel& model);

}  // namespace earmark
