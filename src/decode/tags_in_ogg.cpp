#include "decode/tags_in_ogg.h"

#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace earmark::decode {
namespace {

constexpr std::uint64_t most_comments = 1000;
constexpr int most_pages = 64;
constexpr int page_header_bytes = 27;
constexpr int checksum_offset = 22;

struct Page {
    std::int64_t body = 0;
    std::int64_t end = 0;
};

Page page_at(HeaderBytes& bytes, std::int64_t at) {
    const int segment_count = bytes.byte(at + page_header_bytes - 1);
    Page page{at + page_header_bytes + segment_count, 0};
    page.end = page.body;
    for (int i = 0; i < segment_count; ++i) page.end += bytes.byte(at + page_header_bytes + i);
    return page;
}

constexpr std::array<std::uint32_t, 256> checksum_table = [] {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < table.size(); ++i) {
        std::uint32_t value = i << 24;
        for (int bit = 0; bit < 8; ++bit) value = (value << 1) ^ ((value >> 31) != 0 ? 0x04c11db7U : 0U);
        table[i] = value;
    }
    return table;
}();

// Of the page with its checksum and the number of its comments as 0.
std::uint32_t checksum(HeaderBytes& bytes, std::int64_t at, const Page& page, std::int64_t number) {
    std::uint32_t sum = 0;
    for (std::int64_t i = at; i < page.end; ++i) {
        const bool is_zero =
            (i >= at + checksum_offset && i < at + checksum_offset + 4) || (i >= number && i < number + 4);
        const std::uint8_t byte = is_zero ? 0 : bytes.byte(i);
        sum = (sum << 8) ^ checksum_table[(sum >> 24) ^ byte];
    }
    return sum;
}

// The header of Vorbis, Opus and Theora has a name. That of FLAC and Speex has none; it begins the second page.
std::optional<std::int64_t> start_of_comments(HeaderBytes& bytes, std::int64_t packet, bool begins_second_page) {
    using namespace std::string_view_literals;
    for (const std::string_view name : {"\3vorbis"sv, "OpusTags"sv, "\x81theora"sv}) {
        if (bytes.has(packet, name)) return packet + static_cast<std::int64_t>(name.size());
    }
    if (!begins_second_page) return std::nullopt;
    constexpr std::uint8_t flac_comments = 4;
    return (bytes.byte(packet) & 0x7f) == flac_comments ? packet + 4 : packet;
}

class OggPages {
public:
    OggPages(HeaderBytes& bytes, Edit& edit) : bytes_(bytes), edit_(edit) {}

    void hide() {
        std::int64_t at = edit_.begin_bytes;
        for (int i = 0; i < most_pages && bytes_.has(at, "OggS"); ++i) {
            const Page page = page_at(bytes_, at);
            hide_in_page(at, page);
            at = page.end;
        }
    }

private:
    void hide_in_page(std::int64_t at, const Page& page) {
        constexpr std::uint8_t continues_a_packet = 1;
        const std::uint64_t position = bytes_.little_endian(at + 6, 8);
        if (position != 0 && position + 1 != 0) return;  // of music, not of headers
        const bool is_second = bytes_.little_endian(at + 18, 4) == 1;
        bool is_start = (bytes_.byte(at + 5) & continues_a_packet) == 0;
        std::int64_t segment = page.body;
        for (std::int64_t lacing = at + page_header_bytes; lacing < page.body; ++lacing) {
            if (is_start && hide_packet(at, page, segment, is_second && segment == page.body)) return;
            segment += bytes_.byte(lacing);
            is_start = bytes_.byte(lacing) < 255;
        }
    }

    bool hide_packet(std::int64_t at, const Page& page, std::int64_t packet, bool begins_second_page) {
        const auto comments = start_of_comments(bytes_, packet, begins_second_page);
        if (!comments) return false;
        const std::int64_t number = *comments + 4 + static_cast<std::int64_t>(bytes_.little_endian(*comments, 4));
        if (number + 4 > page.end || bytes_.little_endian(number, 4) <= most_comments) return false;
        std::vector<std::byte> sum;
        for (int shift = 0; shift < 32; shift += 8)
            sum.push_back(static_cast<std::byte>(checksum(bytes_, at, page, number) >> shift & 0xff));
        edit_.patches.push_back({at + checksum_offset, std::move(sum)});
        edit_.patches.push_back({number, std::vector<std::byte>(4)});
        return true;
    }

    HeaderBytes& bytes_;
    Edit& edit_;
};

}  // namespace

void hide_in_ogg(HeaderBytes& bytes, Edit& edit) { OggPages(bytes, edit).hide(); }

}  // namespace earmark::decode
