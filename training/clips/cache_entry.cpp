#include "training/clips/cache_entry.h"

#include <bit>
#include <cstring>

#include "base/checksum.h"
#include "base/float16.h"

namespace earmark {
namespace {

static_assert(std::endian::native == std::endian::little, "numbers of the cache are copied as they are in memory");

constexpr std::size_t checksum_bytes = sizeof(std::uint64_t);

std::uint64_t entry_checksum(std::string_view key, std::span<const std::byte> frames) {
    return checksum({std::as_bytes(std::span(key)), frames});
}

}  // namespace

std::vector<std::byte> make_cache_entry(std::string_view key, const Matrix& log_mel) {
    std::vector<std::uint16_t> halves(log_mel.values().size());
    halves_from_floats(log_mel.values(), halves);
    const std::span<const std::byte> frames = std::as_bytes(std::span(halves));
    const std::uint64_t checksum = entry_checksum(key, frames);
    const auto checksum_part = std::as_bytes(std::span(&checksum, 1));
    std::vector<std::byte> entry(frames.begin(), frames.end());
    entry.insert(entry.end(), checksum_part.begin(), checksum_part.end());
    return entry;
}

std::optional<CachedFrames> frames_of_entry(std::span<const std::byte> entry, std::size_t band_count) {
    const std::size_t row_bytes = band_count * sizeof(std::uint16_t);
    if (entry.size() <= checksum_bytes || (entry.size() - checksum_bytes) % row_bytes != 0) return std::nullopt;
    const std::size_t frames_bytes = entry.size() - checksum_bytes;
    const std::span values(reinterpret_cast<const std::uint16_t*>(entry.data()), frames_bytes / sizeof(std::uint16_t));
    return CachedFrames{values, frames_bytes / row_bytes};
}

bool is_whole_entry(std::string_view key, std::span<const std::byte> entry, std::size_t band_count) {
    const std::optional<CachedFrames> frames = frames_of_entry(entry, band_count);
    if (!frames) return false;
    std::uint64_t stored = 0;
    std::memcpy(&stored, entry.data() + entry.size() - checksum_bytes, checksum_bytes);
    return stored == entry_checksum(key, entry.first(entry.size() - checksum_bytes));
}

}  // namespace earmark
