#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "earmark/matrix.h"
#include "earmark/spectrogram.h"

namespace earmark {

/// Log-mel frames of one clip as float16 (bits in std::uint16_t), frames x mel_bands, row after row. It is in the
/// memory that the cache maps: valid as long as the cache.
struct CachedFrames {
    std::span<const std::uint16_t> values;
    std::size_t frame_count = 0;

    std::span<const std::uint16_t> rows(std::size_t first, std::size_t count) const noexcept {
        const std::size_t band_count = values.size() / frame_count;
        return values.subspan(first * band_count, count * band_count);
    }
};

/// Log-mel spectrograms of clips on disk, in an LMDB database: memory-mapped, and consistent after a crash. An entry
/// belongs to one state of a file (path, size, time of last change), one SpectrogramSettings and one version of the way
/// from file to frames: a cache that an older program filled is filled again, next to the old entries. All calls up to
/// `freeze` come from the thread that made the cache; after it, any number of threads may read.
class LogMelCache {
public:
    /// Opens or creates the database in `folder`. Throws Error (unwritable) that names it.
    LogMelCache(const std::filesystem::path& folder, const SpectrogramSettings& settings);
    LogMelCache(LogMelCache&&) noexcept;
    LogMelCache& operator=(LogMelCache&&) noexcept;
    ~LogMelCache();

    /// The name of an entry for an audio file as it is now.
    std::string key(const std::filesystem::path& audio) const;

    bool contains(const std::string& key) const;

    /// Stores `log_mel` (frames x mel_bands, at least one frame). REQUIRES: a key of an even length, as `key` gives.
    /// Throws Error (unwritable), for example when the disk is full.
    void put(const std::string& key, const Matrix& log_mel);

    /// Ends filling: what was put is synced and can be read with `frames`.
    void freeze();

    /// REQUIRES: freeze() was called. Nothing when there is no such entry.
    std::optional<CachedFrames> frames(const std::string& key) const;

private:
    class Implementation;
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace earmark
