#include "decode/container_size.h"

#include <algorithm>
#include <array>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

#include "decode/read_bytes.h"

namespace earmark::decode {
namespace {

using Bytes = std::span<const std::byte>;

constexpr std::string_view w64("riff\x2e\x91\xcf\x11\xa5\xd6\x28\xdb\x04\xc1\x00\x00", 16);

constexpr std::size_t head_bytes = 64;
constexpr std::size_t asf_header_bytes = std::size_t{64} * 1024;

/// A number of the file as a size that no sum of two leaves the range of.
std::optional<std::int64_t> size_of(std::uint64_t size_bytes) {
    constexpr std::uint64_t greatest_bytes = std::numeric_limits<std::int64_t>::max() / 4;
    if (size_bytes == 0 || size_bytes > greatest_bytes) return std::nullopt;
    return static_cast<std::int64_t>(size_bytes);
}

std::optional<std::int64_t> riff_bytes(std::uint64_t size_bytes) {
    // Writers that cannot go back to the start leave a size as great as this.
    constexpr std::uint64_t unknown_size_bytes = 0x7ffff000;
    if (size_bytes >= unknown_size_bytes) return std::nullopt;
    return static_cast<std::int64_t>(size_bytes) + 8;
}

/// Core Audio Format: chunks of 12 bytes and their content; that of the samples may have no size while it is written.
std::optional<std::int64_t> caf_bytes(ByteSource& source) {
    constexpr int most_chunks = 64;
    constexpr std::uint64_t unknown_size = std::numeric_limits<std::uint64_t>::max();
    std::int64_t at = 8;
    for (int i = 0; i < most_chunks; ++i) {
        const auto header = read_at(source, at, 12);
        const std::uint64_t content_bytes = big_endian(header, 4, 8);
        if (header.size() < 12 || content_bytes == unknown_size) return std::nullopt;
        const auto size_bytes = size_of(content_bytes);
        if (!size_bytes) return std::nullopt;
        at += 12 + *size_bytes;
        if (has_text(header, 0, "data")) return at;
    }
    return std::nullopt;
}

/// ASF's File Properties Object (ASF specification, 3.2).
std::optional<std::int64_t> asf_bytes(ByteSource& source) {
    constexpr std::string_view properties("\xa1\xdc\xab\x8c\x47\xa9\xcf\x11\x8e\xe4\x00\xc0\x0c\x20\x53\x65", 16);
    const auto header = read_at(source, 0, asf_header_bytes);
    const auto wanted = std::as_bytes(std::span(properties));
    const auto found = std::search(header.begin(), header.end(), wanted.begin(), wanted.end());
    const auto at = static_cast<std::size_t>(found - header.begin());
    const bool is_broadcast = (little_endian(header, at + 88, 4) & 1U) != 0;
    return is_broadcast ? std::nullopt : size_of(little_endian(header, at + 40, 8));
}

std::optional<std::int64_t> whole_bytes(ByteSource& source, Bytes head) {
    constexpr std::string_view asf("\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c", 16);
    if (has_text(head, 0, "RIFF")) return riff_bytes(little_endian(head, 4, 4));
    if (has_text(head, 0, "RIFX")) return riff_bytes(big_endian(head, 4, 4));
    if (has_text(head, 0, w64)) return size_of(little_endian(head, 16, 8));
    if (has_text(head, 0, "DSD ")) return size_of(little_endian(head, 12, 8));
    if (has_text(head, 0, "caff")) return caf_bytes(source);
    if (has_text(head, 0, asf)) return asf_bytes(source);
    return std::nullopt;
}

}  // namespace

ContainerSize read_container_size(ByteSource& source) {
    const auto head = read_at(source, 0, head_bytes);
    ContainerSize size;
    size.whole_bytes = whole_bytes(source, head);
    size.is_w64 = has_text(head, 0, w64);
    if (!has_text(head, 8, "AVI ")) size.wrong_data_length = find_wrong_data_length(source);
    source.seek(0);
    return size;
}

}  // namespace earmark::decode
