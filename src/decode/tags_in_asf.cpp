#include "decode/tags_in_asf.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace earmark::decode {
namespace {

using namespace std::string_view_literals;

constexpr auto header_id = "\x30\x26\xB2\x75\x8E\x66\xCF\x11\xA6\xD9\x00\xAA\x00\x62\xCE\x6C"sv;
constexpr auto extension_id = "\xB5\x03\xBF\x5F\x2E\xA9\xCF\x11\x8E\xE3\x00\xC0\x0C\x20\x53\x65"sv;
constexpr auto padding_id = "\x74\xD4\x06\x18\xDF\xCA\x09\x45\xA4\xBA\x9A\xAB\xCB\x96\xAA\xE8"sv;
// Each begins with a number of fields in 16 bits.
constexpr std::array field_ids{
    "\x40\xA4\xD0\xD2\x07\xE3\xD2\x11\x97\xF0\x00\xA0\xC9\x5E\xA8\x50"sv,  // extended content description
    "\xEA\xCB\xF8\xC5\xAF\x5B\x77\x48\x84\x67\xAA\x8C\x44\xFA\x4C\xCA"sv,  // metadata
    "\x94\x1C\x23\x44\x98\x94\xD1\x49\xA1\x41\x1D\x13\x4E\x45\x70\x54"sv,  // metadata library
};
constexpr auto marker_id = "\x01\xCD\x87\xF4\x51\xA9\xCF\x11\x8E\xE6\x00\xC0\x0C\x20\x53\x65"sv;

constexpr std::int64_t object_header_bytes = 24;
constexpr std::int64_t extension_header_bytes = 46;

// FFmpeg compares each field with all before it.
constexpr std::uint64_t most_fields = 1000;

class Hiding {
public:
    Hiding(HeaderBytes& bytes, Edit& edit, Hidden hidden) : bytes_(bytes), edit_(edit), hidden_(hidden) {}

    void hide_between(std::int64_t at, std::int64_t end, bool is_extension = false) {
        while (at + object_header_bytes <= end && edit_.may_go_on()) {
            const auto size_bytes = static_cast<std::int64_t>(
                std::min<std::uint64_t>(bytes_.little_endian(at + 16, 8), static_cast<std::uint64_t>(end - at)));
            if (size_bytes < object_header_bytes) return;
            if (is_hidden(at)) edit_.write(at, padding_id);
            if (!is_extension && bytes_.has(at, extension_id))
                hide_between(at + extension_header_bytes, at + size_bytes, true);
            at += size_bytes;
        }
    }

private:
    bool is_hidden(std::int64_t at) {
        if (bytes_.has(at, marker_id)) return true;
        if (std::ranges::none_of(field_ids, [&](std::string_view id) { return bytes_.has(at, id); })) return false;
        field_count_ += bytes_.little_endian(at + object_header_bytes, 2);
        return hidden_ == Hidden::all || field_count_ > most_fields;
    }

    HeaderBytes& bytes_;
    Edit& edit_;
    Hidden hidden_;
    std::uint64_t field_count_ = 0;
};

}  // namespace

bool is_asf(HeaderBytes& bytes, const Edit& edit) { return bytes.has(edit.begin_bytes, header_id); }

void hide_in_asf(HeaderBytes& bytes, Edit& edit, Hidden hidden) {
    constexpr std::int64_t first_object_bytes = 30;
    const auto header_bytes = static_cast<std::int64_t>(std::min<std::uint64_t>(
        bytes.little_endian(edit.begin_bytes + 16, 8), static_cast<std::uint64_t>(bytes.size_bytes())));
    Hiding(bytes, edit, hidden).hide_between(edit.begin_bytes + first_object_bytes, edit.begin_bytes + header_bytes);
}

}  // namespace earmark::decode
