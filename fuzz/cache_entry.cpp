// Any bytes as an entry of the log-mel cache: frames or none. The first byte is the number of mel bands less one, the
// second the length of the key, which follows.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>
#include <vector>

#include "training/clips/cache_entry.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const std::size_t band_count = data[0] + std::size_t{1};
    const std::size_t key_length = std::min<std::size_t>(data[1], size - 2);
    const std::string key(reinterpret_cast<const char*>(data + 2), key_length);
    const auto rest = std::as_bytes(std::span(data, size)).subspan(2 + key_length);
    std::vector<std::byte> entry(rest.begin(), rest.end());  // at an even address

    const bool is_whole = earmark::is_whole_entry(key, entry, band_count);
    const auto frames = earmark::frames_of_entry(entry, band_count);
    if (is_whole && !frames) std::abort();
    if (frames && frames->rows(frames->frame_count - 1, 1).size() != band_count) std::abort();

    // The bytes as numbers: their entry is whole, and is not when a bit of it flips.
    if (entry.size() < band_count) return 0;
    std::vector<float> values;
    for (std::size_t i = 0; i < entry.size() / band_count * band_count; ++i)
        values.push_back(static_cast<float>(std::to_integer<int>(entry[i])) / 32.0F);
    const std::size_t row_count = values.size() / band_count;
    std::vector<std::byte> made =
        earmark::make_cache_entry(key, earmark::Matrix(row_count, band_count, std::move(values)));
    if (!earmark::is_whole_entry(key, made, band_count)) std::abort();
    const std::size_t bit = data[size - 1] * std::size_t{7919} % (made.size() * 8);
    made[bit / 8] ^= std::byte{1} << bit % 8;
    if (earmark::is_whole_entry(key, made, band_count)) std::abort();
    return 0;
}
