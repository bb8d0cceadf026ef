#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>

#include "apps/library/fingerprints_in_work.h"
#include "catalogue/track_store.h"
#include "earmark/tagger_pool.h"

namespace earmark {

/// What the database of a library has of files that are to be tagged, and gets of those that it had not. All may be
/// called from any thread, and throw DatabaseError.
class KnownClips {
public:
    /// Throws Error: what opening the database throws; usage where another model has filled it.
    KnownClips(const std::filesystem::path& database_file, std::shared_ptr<const Model> model);

    /// The result of a file that was analyzed before, whatever its name and fields are now. Nothing where it is to be
    /// analyzed, or cannot be read.
    std::optional<ClipResult> find(const std::filesystem::path& path, const std::stop_token& stop);

    /// For TaggerPoolOptions::on_samples: the fingerprint of a file that is analyzed.
    void listen(std::size_t index, std::span<const float> mono, int sample_rate_hz) {
        fingerprints_.add(index, mono, sample_rate_hz);
    }

    /// Keeps a result for which find() gave nothing.
    void keep(const PoolResult& result);

private:
    struct InWork {
        std::int64_t audio_id = 0;
        catalogue::FileStamp stamp;
    };

    std::mutex mutex_;
    std::shared_ptr<const Model> model_;
    catalogue::Catalogue catalogue_;
    std::optional<catalogue::TrackStore> store_;
    std::map<std::filesystem::path, InWork> in_work_;
    FingerprintsInWork fingerprints_;
};

}  // namespace earmark
