#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "apps/library/fingerprints_in_work.h"
#include "apps/tag/batch_progress.h"
#include "catalogue/track_store.h"
#include "catalogue/walk.h"
#include "earmark/tagger_pool.h"

namespace earmark {

/// What a scan did, besides what its walk found.
struct ScanCounts {
    std::size_t analyzed_count = 0;
    std::size_t warning_count = 0;  ///< analyzed, with a warning
    std::size_t known_count = 0;    ///< the audio was known already: moved, tagged, a copy
    std::size_t moved_count = 0;
    std::size_t failed_count = 0;
    std::size_t film_count = 0;  ///< without audio
    double audio_s = 0.0;        ///< that was analyzed
};

/// Reads the files that wait for it, analyzes those whose audio is not known, and keeps each result at once. Errors of
/// single files are printed.
class Scan {
public:
    /// `adds_fingerprints`: analyzes also what was analyzed before there were any. `store` must outlive it.
    Scan(catalogue::TrackStore& store, std::vector<catalogue::WaitingTrack> waiting, bool adds_fingerprints);

    /// `options` as for a TaggerPool; what concerns the order and progress is set here. Throws DatabaseError.
    void run(const std::shared_ptr<const Model>& model, TaggerPoolOptions options, const std::stop_token& stop);

    ScanCounts counts() const;
    std::size_t waiting_count() const noexcept { return waiting_.size(); }

private:
    struct InWork {
        std::int64_t track_id = 0;
        std::int64_t audio_id = 0;
        catalogue::FileStamp stamp;
    };

    std::optional<PoolItem> next(const std::stop_token& stop);
    std::optional<PoolItem> look_at(const catalogue::WaitingTrack& track, const std::stop_token& stop);
    std::optional<PoolItem> place(const std::filesystem::path& path, const catalogue::FileStamp& stamp,
                                  const FileContents& contents);
    void fail(std::int64_t track_id, const std::filesystem::path& path, const Error& error);
    void take(const PoolResult& result);
    void keep(const InWork& work, const PoolResult& result, const Fingerprint& fingerprint);
    void report(const std::string& message);

    catalogue::TrackStore& store_;
    std::vector<catalogue::WaitingTrack> waiting_;
    bool adds_fingerprints_;
    std::size_t next_ = 0;
    mutable std::mutex mutex_;  ///< of the store, and of all below up to item_count_
    ScanCounts counts_;
    std::map<std::size_t, InWork> in_work_;  ///< by the index of the pool's item
    std::set<std::int64_t> audio_in_work_;
    std::size_t item_count_ = 0;
    FingerprintsInWork fingerprints_;
    BatchProgress progress_;
};

}  // namespace earmark
