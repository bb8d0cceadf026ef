#include "decode/tags_in_chunks.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "decode/simple_id3.h"

namespace earmark::decode {
namespace {

struct ChunkForm {
    std::string_view magic;
    std::int64_t first_chunk_bytes;
    int size_field_bytes;
    bool is_little_endian;
    bool is_padded;  ///< chunks begin at even offsets
    std::array<std::string_view, 3> hidden;
};

constexpr std::array chunk_forms{
    ChunkForm{"RIFF", 12, 4, true, true, {"id3 ", "ID3 ", "LIST"}},
    ChunkForm{"RF64", 12, 4, true, true, {"id3 ", "ID3 ", "LIST"}},
    ChunkForm{"BW64", 12, 4, true, true, {"id3 ", "ID3 ", "LIST"}},
    ChunkForm{"FORM", 12, 4, false, true, {"ID3 ", "id3 ", "APPL"}},
    ChunkForm{"FRM8", 16, 8, false, true, {"ID3 ", "DIIN", "COMT"}},
    ChunkForm{"caff", 8, 8, false, false, {"info", "strg", "mark"}},
};

// The data of RF64 have their size elsewhere (EBU Tech 3306).
constexpr std::uint64_t chunk_size_elsewhere = 0xffffffff;

// FFmpeg compares each text with all before it.
constexpr std::uint64_t most_texts_bytes = std::uint64_t{1} << 16;

class ChunkWalk {
public:
    ChunkWalk(HeaderBytes& bytes, Edit& edit, const ChunkForm& form, Hidden hidden)
        : bytes_(bytes), edit_(edit), form_(form), hidden_(hidden) {}

    void run() {
        std::int64_t at = edit_.begin_bytes + form_.first_chunk_bytes;
        while (at + header_bytes() <= bytes_.size_bytes() && edit_.may_go_on()) {
            if (!is_named(at)) return;
            if (is_hidden(at) && (hidden_ == Hidden::all || is_slow(at))) hide(at);
            const std::uint64_t size_bytes = size_of_chunk(at);
            if (size_bytes >= static_cast<std::uint64_t>(bytes_.size_bytes() - at)) return;
            at += header_bytes() + static_cast<std::int64_t>(size_bytes);
            if (form_.is_padded) at += static_cast<std::int64_t>(size_bytes & 1);
        }
    }

private:
    std::int64_t header_bytes() const { return 4 + form_.size_field_bytes; }

    /// Else these are samples, of which the header states too few.
    bool is_named(std::int64_t at) {
        for (std::int64_t i = at; i < at + 4; ++i) {
            if (bytes_.byte(i) < ' ' || bytes_.byte(i) > '~') return false;
        }
        return true;
    }

    std::uint64_t size_of_chunk(std::int64_t at) {
        const std::uint64_t size_bytes = form_.is_little_endian ? bytes_.little_endian(at + 4, form_.size_field_bytes)
                                                                : bytes_.big_endian(at + 4, form_.size_field_bytes);
        if (form_.magic != "RIFF" && size_bytes == chunk_size_elsewhere && bytes_.has(at, "data"))
            return bytes_.little_endian(edit_.begin_bytes + 28, 8);
        return size_bytes;
    }

    bool is_hidden(std::int64_t at) {
        const bool has_name =
            std::ranges::any_of(form_.hidden, [&](std::string_view name) { return bytes_.has(at, name); });
        if (!has_name || !form_.is_little_endian || !bytes_.has(at, "LIST")) return has_name;
        return bytes_.has(at + 8, "INFO") || bytes_.has(at + 8, "adtl");
    }

    bool is_slow(std::int64_t at) {
        const bool is_id3 = bytes_.has(at + header_bytes(), "ID3");
        return is_id3 ? !is_simple_id3(bytes_, at + header_bytes()) : size_of_chunk(at) > most_texts_bytes;
    }

    void hide(std::int64_t at) { edit_.write(at, form_.magic == "caff" ? "free" : "JUNK"); }

    HeaderBytes& bytes_;
    Edit& edit_;
    const ChunkForm& form_;
    Hidden hidden_;
};

}  // namespace

void hide_in_chunks(HeaderBytes& bytes, Edit& edit, Hidden hidden) {
    const auto form =
        std::ranges::find_if(chunk_forms, [&](const ChunkForm& one) { return bytes.has(edit.begin_bytes, one.magic); });
    if (form != chunk_forms.end()) ChunkWalk(bytes, edit, *form, hidden).run();
}

void leave_out_of_caf(HeaderBytes& bytes, Edit& edit) {
    constexpr std::array known{"desc", "chan", "kuki", "pakt"};
    constexpr std::int64_t header_bytes = 12;
    if (!bytes.has(0, "caff")) return;
    std::int64_t at = 8;
    while (at + header_bytes < bytes.size_bytes() && !bytes.has(at, "data") && edit.may_go_on()) {
        const std::uint64_t size_bytes = bytes.big_endian(at + 4, 8);
        if (size_bytes > static_cast<std::uint64_t>(bytes.size_bytes() - at - header_bytes)) return;
        const std::int64_t end = at + header_bytes + static_cast<std::int64_t>(size_bytes);
        if (std::ranges::none_of(known, [&](const char* name) { return bytes.has(at, name); }))
            edit.left_out.push_back({at, end});
        at = end;
    }
}

}  // namespace earmark::decode
