#include "metadata/file_end.h"

#include <charconv>

#include "metadata/id3v1_genres.h"

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

}  // namespace

FileEnd FileEnd::read(const ByteSource& source, std::uint64_t start) {
    std::uint64_t at = source.size();
    if (at - start >= id3v1_bytes && source.read(at - id3v1_bytes, 3) == "TAG") at -= id3v1_bytes;
    at -= lyrics3_bytes(source, start, at);
    FileEnd end{at, ApeTag::parse(source, at), at};
    if (end.ape && end.ape->size() > at - start) throw Damage("its APEv2 tag begins before its audio");
    if (end.ape) end.audio_end -= end.ape->size();
    return end;
}

void list_file_end(const FileEnd& end, const ByteSource& source, FileFields& fields) {
    const std::string bytes = source.read(end.after_ape, source.size() - end.after_ape);
    if (bytes.empty()) return;
    fields.fields.push_back({"end of the file", bytes, {}});
    if (bytes.size() < id3v1_bytes || !bytes.substr(bytes.size() - id3v1_bytes).starts_with("TAG")) return;
    const auto genre = id3v1_genre(static_cast<unsigned char>(bytes.back()));
    // 12 is 'Other': what programs write that know no genre.
    if (genre && bytes.back() != 12) fields.elsewhere[TagField::genre].emplace_back(*genre);
}

}  // namespace earmark::metadata
