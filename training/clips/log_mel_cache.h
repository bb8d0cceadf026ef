#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "earmark/matrix.h"
#include "earmark/spectrogram.h"
#include "training/clips/cache_entry.h"

namespace earmark {

/// What of a cache was damaged when it was opened, and since.
struct CacheDamage {
    std::string database;         ///< why it was begun anew as a whole; empty unless it was
    std::size_t entry_count = 0;  ///< of those that `contains` was asked for

    bool operator==(const CacheDamage&) const = default;
};

/// Log-mel spectrograms of clips on disk, in an LMDB database: memory-mapped, and consistent after a crash. An entry
/// belongs to one state of a file (path, size, time of last change), one SpectrogramSettings and one version of the way
/// from file to frames: a cache that an older program filled is filled again, next to the old entries. Each entry has a
/// checksum. All calls up to `freeze` come from the thread that made the cache; after it, any number of threads may
/// read.
class LogMelCache {
public:
    /// Opens or creates the database in `folder`, and begins it anew where its structure is damaged. Waits while
    /// another cache of the same folder is being filled. Throws Error that names the folder: unwritable, canceled (it
    /// waited, and `stop_requested` returned true).
    LogMelCache(const std::filesystem::path& folder, const SpectrogramSettings& settings,
                const std::function<bool()>& stop_requested = {});
    LogMelCache(LogMelCache&&) noexcept;
    LogMelCache& operator=(LogMelCache&&) noexcept;
    ~LogMelCache();

    /// The name of an entry for an audio file as it is now.
    std::string key(const std::filesystem::path& audio) const;

    /// Whether there is an entry and its checksum is right. Reads the entry as a whole.
    bool contains(const std::string& key) const;

    const CacheDamage& damage() const;
    const std::filesystem::path& folder() const;

    /// Stores `log_mel` (frames x mel_bands, at least one frame). REQUIRES: a key of an even length, as `key` gives.
    /// Throws Error (unwritable) with the reason, for example that the disk is full.
    void put(const std::string& key, const Matrix& log_mel);

    /// Ends filling: what was put is synced and can be read with `frames`.
    void freeze();

    /// REQUIRES: freeze() was called. Nothing when there is no such entry. Its checksum is not looked at again.
    std::optional<CachedFrames> frames(const std::string& key) const;

private:
    class Implementation;
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace earmark
