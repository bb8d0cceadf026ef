#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "catalogue/catalogue.h"
#include "catalogue/file_stamp.h"
#include "earmark/file_contents.h"
#include "earmark/model.h"
#include "earmark/tagger.h"
#include "fingerprint/fingerprint.h"

namespace earmark::catalogue {

/// Tags that are less probable are not in analysis_tag.
inline constexpr float least_kept_probability = 0.01F;

/// A file that waits for its analysis.
struct WaitingTrack {
    std::int64_t id = 0;
    std::filesystem::path path;
};

/// Which tracks are to be analyzed besides those that are pending.
struct WaitingOptions {
    bool stale = false;   ///< those of another model, and those without a fingerprint
    bool failed = false;  ///< those that failed
};

/// What is known of a file once its contents were read.
struct PlacedTrack {
    std::int64_t track_id = 0;  ///< another one than before where it has moved
    std::int64_t audio_id = 0;
    bool is_known = false;  ///< its audio was analyzed before, by the current model
    bool has_moved = false;
};

/// The tracks of a catalogue and their analyses by one model. Each change is a transaction of its own. Functions throw
/// DatabaseError. Belongs to one thread at a time.
class TrackStore {
public:
    /// `model` must outlive it; its row is made where there is none.
    TrackStore(Catalogue& catalogue, const Model& model);

    std::int64_t model_id() const noexcept { return model_id_; }

    /// Those below the roots that are not missing, in the order of their paths.
    std::vector<WaitingTrack> waiting(const std::vector<std::filesystem::path>& roots, const WaitingOptions& options);

    /// The track of a path, with this stamp; it is made pending where it is new or its stamp differs.
    std::int64_t keep_path(const std::filesystem::path& path, const FileStamp& stamp);

    /// Keeps what was read of a track. A new one takes the place of a missing one with the same audio: that has moved.
    PlacedTrack place(std::int64_t track_id, const FileContents& contents);

    /// Whether its analysis is older than fingerprints.
    bool lacks_fingerprint(std::int64_t audio_id);

    /// Keeps the analysis of some audio, for all tracks that have it, and its fingerprint. An empty one means that it
    /// can have none.
    void keep(std::int64_t audio_id, const ClipResult& clip, const Fingerprint& fingerprint = {});

    /// Keeps that the analysis of some audio has failed.
    void keep_failure(std::int64_t audio_id, const std::string& error);

    /// Keeps that a file could not be read. `is_lasting`: not to be tried again before it changes.
    void fail(std::int64_t track_id, const std::string& error, bool is_lasting);

    /// The analysis of a file whose stamp is the same as it was then: all but the embedding. Nothing where there is
    /// none, or it failed.
    std::optional<ClipResult> find(const std::filesystem::path& path, const FileStamp& stamp);

private:
    std::int64_t keep_audio(const std::string& digest);
    bool take_known(std::int64_t audio_id);
    std::optional<std::int64_t> find_moved(std::int64_t track_id, std::int64_t audio_id);
    void write_fields(std::int64_t track_id, std::int64_t audio_id, const FileContents& contents);
    void insert_analysis(std::int64_t audio_id, const ClipResult& clip, std::string_view status, const char* error);
    void insert_tags(std::int64_t analysis_id, const ClipResult& clip);

    Database& database_;
    const Model& model_;
    std::int64_t model_id_;
    std::vector<std::int64_t> tag_ids_;  ///< in the order of Model::tags
    Statement keep_audio_, find_audio_, insert_analysis_, insert_tag_, write_fields_, take_known_, find_moved_, find_;
};

}  // namespace earmark::catalogue
