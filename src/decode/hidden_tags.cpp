#include "decode/hidden_tags.h"

#include <array>
#include <string_view>
#include <utility>

#include "decode/edited_source.h"
#include "decode/header_bytes.h"
#include "decode/id3.h"
#include "decode/mp4_boxes.h"
#include "decode/read_bytes.h"
#include "decode/simple_id3.h"
#include "decode/tags_in_asf.h"
#include "decode/tags_in_chunks.h"
#include "decode/tags_in_matroska.h"
#include "decode/tags_in_ogg.h"
#include "earmark/error.h"

namespace earmark::decode {
namespace {

std::int64_t end_of_id3(HeaderBytes& bytes, Edit& edit) {
    std::int64_t end = 0;
    while (edit.may_go_on()) {
        std::array<std::byte, id3_header_bytes> header{};
        for (std::size_t i = 0; i < header.size(); ++i)
            header[i] = std::byte{bytes.byte(end + static_cast<std::int64_t>(i))};
        const std::int64_t size_bytes = id3_tag_bytes(header);
        // A file of nothing else is left to FFmpeg, which then names what is wrong with it.
        if (size_bytes == 0 || end + size_bytes >= bytes.size_bytes()) return end;
        end += size_bytes;
    }
    return end;
}

// https://xiph.org/flac/format.html
constexpr std::uint64_t most_comments = 1000;

bool has_few_comments(HeaderBytes& bytes, std::int64_t comments) {
    const auto vendor_bytes = static_cast<std::int64_t>(bytes.little_endian(comments, 4));
    return bytes.little_endian(comments + 4 + vendor_bytes, 4) <= most_comments;
}

void hide_in_flac(HeaderBytes& bytes, Edit& edit, bool shows_fields) {
    constexpr std::uint8_t stream_info = 0;
    constexpr std::uint8_t vorbis_comments = 4;
    constexpr std::byte padding{1};
    constexpr std::byte last{0x80};
    edit.is_cut = true;
    for (std::int64_t at = edit.begin_bytes + 4; at < bytes.size_bytes() && edit.may_go_on();) {
        const std::uint8_t kind = bytes.byte(at);
        const auto flag = static_cast<std::byte>(kind) & last;
        const bool is_shown = (kind & 0x7f) == stream_info ||
                              (shows_fields && (kind & 0x7f) == vorbis_comments && has_few_comments(bytes, at + 4));
        if (!is_shown) edit.patches.push_back({at, {padding | flag}});
        edit.is_cut = flag == std::byte{};
        if (!edit.is_cut) return;
        at += 4 + static_cast<std::int64_t>(bytes.big_endian(at + 1, 3));
    }
}

// DSF: its header holds where its ID3 is.
// https://dsd-guide.com/sites/default/files/white-papers/DSFFileFormatSpec_E.pdf
void hide_in_dsf(Edit& edit) { edit.patches.push_back({edit.begin_bytes + 20, std::vector<std::byte>(8)}); }

void hide_by_format(HeaderBytes& bytes, Edit& edit) {
    const auto starts_with = [&](std::string_view text) { return bytes.has(edit.begin_bytes, text); };
    if (starts_with("fLaC")) return hide_in_flac(bytes, edit, false);
    if (starts_with("OggS")) return hide_in_ogg(bytes, edit);
    if (starts_with("DSD ")) return hide_in_dsf(edit);
    if (starts_with("\x1a\x45\xdf\xa3")) return hide_in_matroska(bytes, edit);
    if (is_asf(bytes, edit)) return hide_in_asf(bytes, edit);
    hide_in_chunks(bytes, edit);
}

void hide_what_is_slow(HeaderBytes& bytes, Edit& edit) {
    const auto starts_with = [&](std::string_view text) { return bytes.has(edit.begin_bytes, text); };
    if (starts_with("fLaC")) return hide_in_flac(bytes, edit, true);
    if (starts_with("OggS")) return hide_in_ogg(bytes, edit);
    if (starts_with("\x1a\x45\xdf\xa3")) return hide_in_matroska(bytes, edit, Hidden::what_is_slow);
    if (is_asf(bytes, edit)) return hide_in_asf(bytes, edit, Hidden::what_is_slow);
    hide_in_chunks(bytes, edit, Hidden::what_is_slow);
    inspect_mp4(bytes, edit, Hidden::what_is_slow);
}

// The same for a pipe, which has to be read to pass over anything.
std::unique_ptr<ByteSource> without_id3(std::unique_ptr<ByteSource> source) {
    for (;;) {
        std::vector<std::byte> start;
        read_until(start, *source, id3_header_bytes);
        std::int64_t rest = id3_tag_bytes(start) - std::int64_t{id3_header_bytes};
        if (rest <= 0) return preceded(std::move(start), std::move(source));
        constexpr std::int64_t most_at_once = 4096;
        for (std::vector<std::byte> passed; rest > 0; passed.clear()) {
            read_until(passed, *source, static_cast<std::size_t>(std::min(rest, most_at_once)));
            if (passed.empty()) break;
            rest -= static_cast<std::int64_t>(passed.size());
        }
    }
}

void check_length(const Edit& edit, const std::string& name) {
    if (edit.is_too_long()) throw Error(ErrorCode::damaged_audio, name + ": damaged: its header has too many parts");
}

}  // namespace

std::unique_ptr<ByteSource> hide_all_but_fields(std::unique_ptr<ByteSource> source, const std::string& name) {
    HeaderBytes bytes(*source);
    Edit edit;
    const bool is_simple = is_simple_id3(bytes, 0);
    edit.begin_bytes = end_of_id3(bytes, edit);
    hide_what_is_slow(bytes, edit);
    check_length(edit, name);
    if (is_simple) edit.begin_bytes = 0;
    return edited(std::move(source), std::move(edit));
}

std::unique_ptr<ByteSource> hide_tags(std::unique_ptr<ByteSource> source, const std::string& name) {
    if (!source->size_bytes()) {
        const auto hide = [&](HeaderBytes& bytes, Edit& edit) {
            hide_by_format(bytes, edit);
            leave_out_of_caf(bytes, edit);
            check_length(edit, name);
            if (edit.is_cut && bytes.size_bytes() >= std::int64_t{start_of_pipe_bytes})
                throw Error(
                    ErrorCode::unreadable,
                    name + ": cannot be read from a pipe, because its header is longer than 16 MB; expected a file");
        };
        return with_edited_start(without_id3(std::move(source)), hide);
    }
    HeaderBytes bytes(*source);
    Edit edit;
    edit.begin_bytes = end_of_id3(bytes, edit);
    hide_by_format(bytes, edit);
    check_length(edit, name);
    return edited(std::move(source), std::move(edit));
}

}  // namespace earmark::decode
