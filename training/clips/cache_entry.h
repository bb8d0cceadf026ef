#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "earmark/matrix.h"

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

/// An entry of the cache as bytes: the frames, then 8 bytes, the checksum of its key and the frames (XXH64,
/// little-endian).
std::vector<std::byte> make_cache_entry(std::string_view key, const Matrix& log_mel);

/// The frames within an entry, whose checksum is not looked at; nothing when its size fits no whole frames. REQUIRES:
/// an even address; band_count > 0.
std::optional<CachedFrames> frames_of_entry(std::span<const std::byte> entry, std::size_t band_count);

/// Whether the frames are those that were stored under this key.
bool is_whole_entry(std::string_view key, std::span<const std::byte> entry, std::size_t band_count);

}  // namespace earmark
