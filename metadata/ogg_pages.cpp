#include "metadata/ogg_pages.h"

#include <algorithm>
#include <array>

#include "metadata/binary.h"

namespace earmark::metadata {
namespace {

constexpr std::uint64_t no_packet_ends = ~std::uint64_t{0};

constexpr std::array<std::uint32_t, 256> make_crc_table() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t value = byte << 24U;
        for (int bit = 0; bit < 8; ++bit) value = value << 1U ^ ((value & 0x80000000U) != 0 ? 0x04C11DB7U : 0U);
        table[byte] = value;
    }
    return table;
}

std::uint32_t crc(std::uint32_t value, std::string_view bytes) {
    static constexpr std::array<std::uint32_t, 256> table = make_crc_table();
    for (const char byte : bytes) value = value << 8U ^ table[(value >> 24U) ^ static_cast<unsigned char>(byte)];
    return value;
}

}  // namespace

std::string OggPage::header(std::string_view body) const {
    std::string header = std::string("OggS\0", 5) + static_cast<char>(flags) + as_little_endian(granule_position, 8) +
                         as_little_endian(serial, 4) + as_little_endian(number, 4) + std::string(4, '\0') +
                         static_cast<char>(lacing.size()) + lacing;
    header.replace(22, 4, as_little_endian(crc(crc(0, header), body), 4));
    return header;
}

std::vector<OggPage> read_ogg_pages(const ByteSource& source) {
    constexpr std::uint64_t most_header_bytes = 27 + 255;
    std::vector<OggPage> pages;
    for (std::uint64_t at = 0; at < source.size();) {
        const std::string header = source.read_at_most(at, most_header_bytes);
        if (header.size() < 27 || !header.starts_with(std::string_view("OggS\0", 5))) break;
        OggPage page;
        page.offset = at;
        page.flags = static_cast<unsigned char>(header[5]);
        page.granule_position = little_endian(header, 6, 8);
        page.serial = little_endian(header, 14, 4);
        page.number = little_endian(header, 18, 4);
        const std::size_t segment_count = static_cast<unsigned char>(header[26]);
        if (header.size() < 27 + segment_count) break;
        page.lacing = header.substr(27, segment_count);
        for (const char size : page.lacing) page.body_bytes += static_cast<unsigned char>(size);
        if (page.end() > source.size()) break;
        at = page.end();
        pages.push_back(std::move(page));
    }
    return pages;
}

std::string lace_packets(const std::vector<std::string>& packets, std::uint64_t serial, std::uint64_t first_number,
                         bool is_end_of_stream, std::uint64_t& page_count) {
    constexpr std::size_t most_segments = 255;
    std::string lacing;
    std::string body;
    for (const std::string& packet : packets) {
        lacing += std::string(packet.size() / 255, '\xFF') + static_cast<char>(packet.size() % 255);
        body += packet;
    }
    std::string pages;
    page_count = 0;
    bool is_continued = false;
    for (std::size_t first = 0, at = 0; first < lacing.size(); first += most_segments) {
        OggPage page;
        page.lacing = lacing.substr(first, most_segments);
        for (const char size : page.lacing) page.body_bytes += static_cast<unsigned char>(size);
        const bool has_end = std::ranges::any_of(page.lacing, [](char size) { return size != '\xFF'; });
        page.granule_position = has_end ? 0 : no_packet_ends;
        page.serial = serial;
        page.number = first_number + page_count++;
        const bool is_last = first + most_segments >= lacing.size();
        page.flags = (is_continued ? ogg_continued : 0) | (is_last && is_end_of_stream ? ogg_last : 0);
        is_continued = page.is_unfinished();
        const std::string_view page_body = std::string_view(body).substr(at, page.body_bytes);
        pages += page.header(page_body);
        pages += page_body;
        at += page.body_bytes;
    }
    return pages;
}

}  // namespace earmark::metadata
