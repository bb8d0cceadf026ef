#include "decode/stated_fields.h"

#include <algorithm>
#include <cctype>
#include <initializer_list>
#include <string_view>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "decode/demuxer.h"
#include "decode/hidden_tags.h"
#include "decode/id3.h"
#include "decode/read_bytes.h"
#include "decode/read_guard.h"
#include "earmark/error.h"

namespace earmark::decode {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t most_text_bytes = 1000;

// Reading fields takes milliseconds.
constexpr double time_limit_s = 5.0;

bool is_space(char letter) { return letter == '\0' || std::isspace(static_cast<unsigned char>(letter)) != 0; }

std::string from_latin1(const std::string& text) {
    std::string utf8;
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        if (byte >= 0x80) utf8 += static_cast<char>(0xC0U | byte >> 6U);
        utf8 += static_cast<char>(byte >= 0x80 ? 0x80U | (byte & 0x3FU) : byte);
    }
    return utf8;
}

std::string first_of(const Demuxer& demuxer, std::initializer_list<const char*> keys) {
    for (const char* const key : keys) {
        if (std::string text = stated_text(demuxer.stated(key)); !text.empty()) return text;
    }
    return "";
}

// ID3v2 has the recording in a frame UFID, which FFmpeg does not read: the owner, a zero, 36 letters.
std::string recording_in_id3(ByteSource& source) {
    constexpr std::size_t most_bytes = std::size_t{1} << 20;
    constexpr std::size_t id_bytes = 36;
    constexpr std::string_view owner = "http://musicbrainz.org\0"sv;
    const auto tag_bytes = static_cast<std::size_t>(id3_tag_bytes(read_at(source, 0, id3_header_bytes)));
    const std::vector<std::byte> tag = read_at(source, 0, std::min(tag_bytes, most_bytes));
    source.seek(0);
    const std::string_view text(reinterpret_cast<const char*>(tag.data()), tag.size());
    const std::size_t at = text.find(owner);
    if (at == std::string_view::npos || text.size() - at < owner.size() + id_bytes) return "";
    const std::string_view id = text.substr(at + owner.size(), id_bytes);
    const auto is_digit = [](char letter) {
        return letter == '-' || std::isxdigit(static_cast<unsigned char>(letter));
    };
    return std::all_of(id.begin(), id.end(), is_digit) ? std::string(id) : "";
}

StatedFields fields_of(const Demuxer& demuxer) {
    StatedFields fields;
    fields.title = first_of(demuxer, {"title"});
    fields.artist = first_of(demuxer, {"artist"});
    fields.album = first_of(demuxer, {"album"});
    fields.album_artist = first_of(demuxer, {"album_artist", "ALBUMARTIST", "Album Artist"});
    fields.genre = first_of(demuxer, {"genre"});
    fields.year = stated_year(first_of(demuxer, {"date", "year", "WM/Year"}));
    // In Vorbis comments and APE, in ID3 and MP4, in ASF.
    fields.musicbrainz_recording_id =
        first_of(demuxer, {"MUSICBRAINZ_TRACKID", "MusicBrainz Track Id", "MusicBrainz/Track Id"});
    fields.musicbrainz_release_id =
        first_of(demuxer, {"MUSICBRAINZ_ALBUMID", "MusicBrainz Album Id", "MusicBrainz/Album Id"});
    fields.musicbrainz_artist_id =
        first_of(demuxer, {"MUSICBRAINZ_ARTISTID", "MusicBrainz Artist Id", "MusicBrainz/Artist Id"});
    return fields;
}

}  // namespace

std::string stated_text(std::string text) {
    if (!is_utf8(text)) text = from_latin1(text);
    std::size_t end = std::min(text.size(), most_text_bytes);
    while (end < text.size() && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    text.resize(end);
    const auto last = std::find_if_not(text.rbegin(), text.rend(), is_space).base();
    const auto first = std::find_if_not(text.begin(), last, is_space);
    return {first, last};
}

std::optional<int> stated_year(const std::string& date) {
    constexpr std::size_t year_digits = 4;
    int year = 0;
    std::size_t digit_count = 0;
    for (const char letter : date) {
        const bool is_digit = letter >= '0' && letter <= '9';
        year = is_digit ? year * 10 + (letter - '0') : 0;
        digit_count = is_digit ? digit_count + 1 : 0;
        if (digit_count == year_digits) return year >= 1000 && year < 3000 ? std::optional(year) : std::nullopt;
    }
    return std::nullopt;
}

StatedFields read_stated_fields(std::unique_ptr<ByteSource> source, const std::string& name) {
    ReadGuard guard({}, time_limit_s);
    const ReadGuard::Work work(guard);
    try {
        const std::string recording = recording_in_id3(*source);
        const Demuxer demuxer(guarded(hide_all_but_fields(std::move(source), name), guard), name, EditLists::ignored);
        StatedFields fields = fields_of(demuxer);
        if (!recording.empty()) fields.musicbrainz_recording_id = recording;
        return fields;
    } catch (const Error&) {  // of a file that is opened without its fields
        return {};
    }
}

}  // namespace earmark::decode
