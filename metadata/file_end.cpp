#include "metadata/file_end.h"

#include <charconv>

#include "metadata/id3v1_genres.h"
#include "metadata/text.h"

namespace earmark::metadata {
namespace {

constexpr std::uint64_t id3v1_bytes = 128;

// Lyrics3 v2: LYRICSBEGIN ... SSSSSSLYRICS200, where S is the size from LYRICSBEGIN to itself.
std::uint64_t lyrics3_bytes(const ByteSource& source, std::uint64_t start, std::uint64_t end) {
    constexpr std::uint64_t tail_bytes = 15;
    if (end - start < tail_bytes) return 0;
    const std::string tail = source.read(end - tail_bytes, tail_bytes);
    std::uint64_t size = 0;
    const auto [last, error] = std::from_chars(tail.data(), tail.data() + 6, size);
    if (!tail.ends_with("LYRICS200") || error != std::errc() || last != tail.data() + 6) return 0;
    size += tail_bytes;
    return size <= end - start && source.read_at_most(end - size, 11) == "LYRICSBEGIN" ? size : 0;
}

// An APEv2 tag may have "TAG" in any place.
bool has_id3v1(std::string_view end) {
    constexpr std::uint64_t ape_footer_bytes = 32;
    if (end.size() < id3v1_bytes) return false;
    end.remove_prefix(end.size() - id3v1_bytes);
    return end.starts_with("TAG") && !end.substr(id3v1_bytes - ape_footer_bytes).starts_with("APETAGEX");
}

// 12 is 'Other': what programs write that know no genre.
std::optional<std::string_view> stated_genre(char number) {
    return number == 12 ? std::nullopt : id3v1_genre(static_cast<unsigned char>(number));
}

// The first of these genres that ID3v1 knows.
char number_of(const Values& genres) {
    constexpr std::uint64_t none = 255;
    for (const std::string& genre : genres)
        for (std::uint64_t number = 0; number < none; ++number)
            if (equal_without_case(id3v1_genre(number).value_or(""), genre)) return static_cast<char>(number);
    return static_cast<char>(none);
}

}  // namespace

FileEnd FileEnd::read(const ByteSource& source, std::uint64_t start) {
    std::uint64_t at = source.size();
    if (at - start >= id3v1_bytes && has_id3v1(source.read(at - id3v1_bytes, id3v1_bytes))) at -= id3v1_bytes;
    at -= lyrics3_bytes(source, start, at);
    FileEnd end{at, ApeTag::parse(source, at), at};
    if (end.ape && end.ape->size() > at - start) throw Damage("its APEv2 tag begins before its audio");
    if (end.ape) end.audio_end -= end.ape->size();
    return end;
}

void list_file_end(const FileEnd& end, const ByteSource& source, FileFields& fields) {
    std::string bytes = source.read(end.after_ape, source.size() - end.after_ape);
    if (bytes.empty()) return;
    if (!has_id3v1(bytes)) {
        fields.fields.push_back({"end of the file", bytes, {}});
        return;
    }
    const std::string number(1, bytes.back());
    bytes.pop_back();
    fields.fields.push_back({"end of the file", bytes, {}});
    fields.fields.push_back({"ID3v1/genre", number, TagField::genre});
    if (const auto genre = stated_genre(number[0]))
        for (FieldValues* const values : {&fields.elsewhere, &fields.replaced_elsewhere})
            (*values)[TagField::genre].emplace_back(*genre);
}

Pieces edited_file_end(const FileEnd& end, const ByteSource& source, const Edit& edit) {
    Pieces pieces;
    pieces.copy(end.after_ape, source.size() - end.after_ape);
    const auto genres = edit.values.find(TagField::genre);
    if (genres == edit.values.end() || source.size() - end.after_ape < id3v1_bytes) return pieces;
    const std::string tag = source.read(source.size() - id3v1_bytes, id3v1_bytes);
    if (!has_id3v1(tag) || !stated_genre(tag.back())) return pieces;
    Pieces edited;
    edited.copy(end.after_ape, source.size() - end.after_ape - 1);
    edited.literal(std::string(1, number_of(genres->second)));
    return edited;
}

}  // namespace earmark::metadata
