#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "catalogue/embedding_file.h"
#include "catalogue/searched_model.h"
#include "catalogue/track_row.h"
#include "earmark/tagger.h"
#include "search/choice.h"

namespace earmark {

/// Music that something is to be like.
struct Seed {
    std::string name;            ///< as the user gave it
    std::vector<float> numbers;  ///< its standardized embedding, of length 1
    double duration_s = 0.0;
    std::optional<catalogue::TrackRow> track{};  ///< where the library has it
    std::size_t row = RecordingFacts::no_row;    ///< likewise
    Fingerprint fingerprint{};                   ///< where it has not
};

/// Finds seeds: in the library by path or number, the tracks of playlists, and files that are not in the library by
/// tagging them.
class SeedReader {
public:
    /// `model_file` as for model_or_default(); it is read only when a file is to be tagged.
    SeedReader(catalogue::Database& database, const catalogue::SearchedModel& model,
               const catalogue::Embeddings& embeddings, std::string model_file);

    /// The seeds that `name` means: one, or those of a playlist. Throws Error: not_found; usage (another model than
    /// that of the library); what tag_file() throws.
    std::vector<Seed> read(const std::string& name, const std::stop_token& stop);

    /// The same for one that must be in the library with an embedding. Throws Error: not_found.
    Seed read_from_library(const std::string& name);

private:
    std::optional<Seed> in_library(const std::string& name);
    bool is_stale(std::int64_t track_id);
    std::optional<catalogue::TrackRow> track_called(const std::string& name);
    Seed one(const std::string& name, const std::stop_token& stop);
    Seed tagged(const std::string& name, const std::stop_token& stop);

    catalogue::Database& database_;
    const catalogue::SearchedModel& model_;
    const catalogue::Embeddings& embeddings_;
    std::string model_file_;
    catalogue::TrackReader tracks_;
    std::unique_ptr<Tagger> tagger_;
};

}  // namespace earmark
