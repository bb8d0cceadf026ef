#include "decode/mp4_boxes.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "decode/gzip.h"

namespace earmark::decode {
namespace {

using namespace std::string_view_literals;

constexpr int most_tags = 1000;
constexpr std::uint64_t most_edits = 16;
constexpr std::int64_t greatest_tag_bytes = std::int64_t{1} << 20;
constexpr std::int64_t greatest_description_bytes = std::int64_t{1} << 20;
constexpr std::uint64_t most_keys = 100;
constexpr int greatest_depth = 11;  // FFmpeg goes no deeper

// FFmpeg accepts any box in any of these.
constexpr std::array containers{"moov"sv, "trak"sv, "mdia"sv, "minf"sv, "stbl"sv, "edts"sv,
                                "moof"sv, "traf"sv, "cmov"sv, "mvex"sv, "dinf"sv, "tref"sv,
                                "sinf"sv, "schi"sv, "udta"sv, "meta"sv, "ilst"sv};
constexpr std::array first_boxes{"ftyp"sv, "moov"sv, "mdat"sv, "free"sv, "skip"sv, "wide"sv, "pnot"sv, "styp"sv};

struct Box {
    std::int64_t begin = 0;
    std::int64_t content = 0;
    std::int64_t end = 0;
};

/// The lists of one track, as its boxes come.
struct Track {
    std::uint64_t packet_count = 0;  ///< by the list of packet sizes
    std::uint64_t chunk_count = 0;   ///< pieces of chunks, where packets have no length of their own
    std::uint64_t edit_count = 0;
    bool is_by_chunk = false;  ///< every packet lasts one tick
};

class Mp4Walk {
public:
    Mp4Walk(HeaderBytes& bytes, Edit& edit, Hidden hidden) : bytes_(bytes), edit_(edit), hidden_(hidden) {}

    Mp4Lists run() {
        walk({edit_.begin_bytes, edit_.begin_bytes, bytes_.size_bytes()}, 0);
        end_track();
        // FFmpeg has room for each track in each fragment.
        lists_.fragment_count *= std::max<std::uint64_t>(track_count_, 1);
        return lists_;
    }

private:
    bool is(const Box& box, std::string_view name) { return bytes_.has(box.begin + 4, name); }

    Box box_at(std::int64_t at, std::int64_t end) {
        Box box{at, at + 8, end};
        std::uint64_t size_bytes = bytes_.big_endian(at, 4);
        if (size_bytes == 1) {
            size_bytes = bytes_.big_endian(at + 8, 8);
            box.content += 8;
        }
        if (size_bytes == 0) return box;  // to the end
        const auto left = static_cast<std::uint64_t>(end - at);
        box.end =
            at + static_cast<std::int64_t>(std::clamp<std::uint64_t>(size_bytes, 8, std::max<std::uint64_t>(left, 8)));
        return box;
    }

    void walk(const Box& parent, int depth) {
        for (std::int64_t at = parent.content; at + 8 <= parent.end && edit_.may_go_on();) {
            Box box = box_at(at, parent.end);
            at = box.end;
            visit(box);
            if (has_version(box)) box.content += 4;
            const bool is_container = std::ranges::any_of(containers, [&](auto name) { return is(box, name); });
            if (is_container && depth < greatest_depth && !is_hidden(box)) walk(box, depth + 1);
        }
    }

    // meta has a version, except in QuickTime.
    bool has_version(const Box& box) { return is(box, "meta") && bytes_.big_endian(box.content, 4) == 0; }

    void visit(const Box& box) {
        if (is(box, "trak")) {
            end_track();
            ++track_count_;
        }
        if (is(box, "stsz") || is(box, "stz2")) track_.packet_count = bytes_.big_endian(box.content + 8, 4);
        if (is(box, "stts"))
            track_.is_by_chunk =
                bytes_.big_endian(box.content + 4, 4) == 1 && bytes_.big_endian(box.content + 12, 4) == 1;
        if (is(box, "stsc")) count_pieces(box);
        if (is(box, "stco") || is(box, "co64")) track_.chunk_count = bytes_.big_endian(box.content + 4, 4);
        if (is(box, "moof")) ++lists_.fragment_count;
        if (is(box, "sidx")) lists_.fragment_count += listed_by_index(box);
        if (is(box, "dref")) lists_.reference_count += std::min(bytes_.big_endian(box.content + 4, 4), most_rows(box));
        if (is(box, "trun")) lists_.packet_count += bytes_.big_endian(box.content + 4, 4);
        if (is(box, "elst")) count_edits(box);
        if (is(box, "cmvd")) inspect_packed(box);
        if (is(box, "udta") || is(box, "meta")) hide_many_tags(box);
        if (is(box, "stsd") && box.end - box.begin > greatest_description_bytes) hide(box);
        if (is(box, "pssh") && ++key_count_ > most_keys) hide(box);
    }

    // An entry of these lists has 12 bytes.
    static std::uint64_t most_rows(const Box& box) {
        return static_cast<std::uint64_t>(std::max<std::int64_t>(box.end - box.content, 0)) / 12;
    }

    // Its version decides how long the fields in front of the count are.
    std::uint64_t listed_by_index(const Box& box) {
        const std::int64_t count_at = box.content + (bytes_.byte(box.content) == 0 ? 22 : 30);
        return std::min(bytes_.big_endian(count_at, 2), most_rows(box));
    }

    // FFmpeg cuts a chunk of samples without a length of their own into pieces of about 1,024, or of one block of 160
    // samples and more.
    void count_pieces(const Box& box) {
        constexpr std::uint64_t least_piece_samples = 160;
        const std::uint64_t row_count = std::min(bytes_.big_endian(box.content + 4, 4), most_rows(box));
        most_pieces_ = 0;
        for (std::uint64_t row = 0; row < row_count; ++row) {
            const std::int64_t at = box.content + 8 + static_cast<std::int64_t>(12 * row);
            most_pieces_ = std::max(most_pieces_, bytes_.big_endian(at + 4, 4) / least_piece_samples + 1);
        }
    }

    void count_edits(const Box& box) {
        track_.edit_count = bytes_.big_endian(box.content + 4, 4);
        if (track_.edit_count <= most_edits) return;
        hide(box);
        track_.edit_count = 0;
    }

    void end_track() {
        const std::uint64_t count = track_.is_by_chunk ? track_.chunk_count * most_pieces_ : track_.packet_count;
        // FFmpeg lists the packets of each edit again.
        lists_.packet_count += count * std::max<std::uint64_t>(track_.edit_count, 1);
        track_ = {};
        most_pieces_ = 0;
    }

    // Tags are in ilst in meta in udta, in meta, or in udta itself.
    void hide_many_tags(const Box& box) {
        int count = 0;
        bool is_large = false;
        count_tags(box, 0, count, is_large);
        if (count > most_tags || (is_large && hidden_ == Hidden::all)) hide(box);
    }

    void hide(const Box& box) { edit_.write(box.begin + 4, "free"); }
    bool is_hidden(const Box& box) const {
        return !edit_.patches.empty() && edit_.patches.back().offset_bytes == box.begin + 4;
    }

    // A header of QuickTime that is packed with zlib. FFmpeg unpacks as many bytes as the header declares.
    void inspect_packed(const Box& box) {
        constexpr std::uint64_t most_unpacked_bytes = std::uint64_t{16} << 20;
        const std::uint64_t size_bytes = bytes_.big_endian(box.content, 4);
        const auto packed_bytes = static_cast<std::uint64_t>(box.end - box.content - 4);
        lists_.is_too_large_unpacked = true;
        if (is_unpacked_ || size_bytes > most_unpacked_bytes || packed_bytes > most_unpacked_bytes) return;
        std::vector<std::byte> packed(packed_bytes);
        for (std::size_t i = 0; i < packed.size(); ++i)
            packed[i] = static_cast<std::byte>(bytes_.byte(box.content + 4 + static_cast<std::int64_t>(i)));
        const std::vector<std::byte> header = unpack_zlib(packed, size_bytes);
        const auto source = open_memory(header);
        HeaderBytes header_bytes(*source);
        Edit edit;
        Mp4Walk inner(header_bytes, edit, hidden_);
        inner.is_unpacked_ = true;
        const Mp4Lists lists = inner.run();
        // What is inside cannot be edited.
        lists_.is_too_large_unpacked = lists.is_too_large_unpacked || edit.is_too_long() || !edit.patches.empty();
        lists_.packet_count += lists.packet_count;
        lists_.fragment_count += lists.fragment_count;
        lists_.reference_count += lists.reference_count;
    }

    void count_tags(const Box& parent, int depth, int& count, bool& is_large) {
        for (std::int64_t at = parent.content + (has_version(parent) ? 4 : 0);
             at + 8 <= parent.end && count <= most_tags; ++count) {
            const Box box = box_at(at, parent.end);
            is_large = is_large || (!is(box, "ilst") && !is(box, "meta") && box.end - box.begin > greatest_tag_bytes);
            if (depth < 2 && (is(box, "ilst") || is(box, "meta"))) count_tags(box, depth + 1, count, is_large);
            at = box.end;
        }
    }

    HeaderBytes& bytes_;
    Edit& edit_;
    Hidden hidden_;
    Mp4Lists lists_;
    Track track_;
    std::uint64_t track_count_ = 0;
    std::uint64_t most_pieces_ = 0;
    std::uint64_t key_count_ = 0;
    bool is_unpacked_ = false;  ///< these boxes come out of a compressed header
};

}  // namespace

Mp4Lists inspect_mp4(HeaderBytes& bytes, Edit& edit, Hidden hidden) {
    const std::int64_t first = edit.begin_bytes + 4;
    if (std::ranges::none_of(first_boxes, [&](auto name) { return bytes.has(first, name); })) return {};
    return Mp4Walk(bytes, edit, hidden).run();
}

}  // namespace earmark::decode
