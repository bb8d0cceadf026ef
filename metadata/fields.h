#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace earmark::metadata {

/// The fields that Earmark writes, whatever a container calls them.
enum class TagField { genre, mood, grouping, comment, earmark_tags, earmark_model };

/// "genre", "mood", "grouping", "comment", "EARMARK_TAGS", "EARMARK_MODEL".
std::string_view field_name(TagField field) noexcept;
std::optional<TagField> field_from_name(std::string_view name) noexcept;

using Values = std::vector<std::string>;  ///< UTF-8
using FieldValues = std::map<TagField, Values>;

/// Part of a file, in bytes.
struct Range {
    std::uint64_t offset = 0;
    std::uint64_t length = 0;

    bool operator==(const Range&) const = default;
};

/// One field of a file, or another part of it that is neither audio nor padding.
struct Field {
    std::string name;   ///< where it is and its name there: "ID3v2.3/TXXX:MOOD", "Vorbis/GENRE", "MP4/moov/mvhd"
    std::string bytes;  ///< as stored, except for what must change when another field is longer: offsets of audio are
                        ///< relative, sizes of what surrounds it are left out
    std::optional<TagField> meaning = {};  ///< a field that holds what Earmark would write there

    bool operator==(const Field&) const = default;
};

/// Everything in a file but its padding: two files with equal lists and equal bytes in `audio` differ in nothing else.
struct FileFields {
    std::string format;               ///< "MP3", "FLAC", "Ogg Vorbis", ... ; empty for what is not known
    std::vector<Field> fields;        ///< in the order of the file
    std::vector<Range> audio;         ///< in the order of the file
    FieldValues values;               ///< of the fields with a meaning
    FieldValues elsewhere;            ///< of older or secondary tags (ID3v1, LIST INFO), where Earmark adds no field
    FieldValues replaced_elsewhere;   ///< those of them that get the new values too
    std::string reason_not_writable;  ///< empty, or why: "its audio is in two streams"
};

/// Whether an older or secondary tag has a value of this field that is none of `values`, and that writing them
/// replaces.
bool has_others_elsewhere(const FileFields& fields, TagField field, const Values& values);

/// What to write: each of these fields gets these values, and no field where there are none.
struct Edit {
    FieldValues values;
    int new_id3_version = 4;       ///< 3 or 4: of an ID3v2 tag in a file that has none
    bool converts_id3 = false;     ///< an ID3v2 tag that is there gets that version as well
    bool has_compat_mood = false;  ///< ID3v2.4: the mood in TXXX:MOOD as well, for foobar2000 and Kodi
};

}  // namespace earmark::metadata
