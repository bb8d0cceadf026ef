#include "decode/ogg_end.h"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <span>
#include <string_view>
#include <vector>

extern "C" {
#include <libavformat/avio.h>
}

namespace earmark::decode {
namespace {

constexpr std::int64_t greatest_page_bytes = 65307;
constexpr std::int64_t looked_at_bytes = std::int64_t{1} << 20;  // of what somebody appended
constexpr std::size_t segment_count_at = 26;
constexpr std::string_view capture_pattern("OggS\0", 5);

/// The page at the start of `bytes` is all there (RFC 3533, 6).
bool is_whole(std::span<const unsigned char> bytes) {
    if (bytes.size() <= segment_count_at) return false;
    const std::size_t header_bytes = segment_count_at + 1 + bytes[segment_count_at];
    if (bytes.size() < header_bytes) return false;
    const auto lengths = bytes.subspan(segment_count_at + 1, bytes[segment_count_at]);
    return bytes.size() >= std::accumulate(lengths.begin(), lengths.end(), header_bytes);
}

}  // namespace

OggEnd find_ogg_end(AVIOContext& input) {
    const std::int64_t size_bytes = avio_size(&input);
    for (const std::int64_t most_bytes : {greatest_page_bytes, looked_at_bytes}) {
        const std::int64_t tail_bytes = std::min(size_bytes, most_bytes);
        if (tail_bytes <= 0 || avio_seek(&input, size_bytes - tail_bytes, SEEK_SET) < 0) return OggEnd::unknown;
        std::vector<unsigned char> tail(static_cast<std::size_t>(tail_bytes));
        tail.resize(
            static_cast<std::size_t>(std::max(0, avio_read(&input, tail.data(), static_cast<int>(tail.size())))));
        const auto page = std::find_end(tail.begin(), tail.end(), capture_pattern.begin(), capture_pattern.end());
        if (page == tail.end()) continue;
        return is_whole(std::span(tail).last(static_cast<std::size_t>(tail.end() - page))) ? OggEnd::whole
                                                                                           : OggEnd::cut;
    }
    return OggEnd::unknown;
}

}  // namespace earmark::decode
