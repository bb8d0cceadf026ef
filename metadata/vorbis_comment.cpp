#include "metadata/vorbis_comment.h"

#include <algorithm>
#include <optional>
#include <set>

#include "metadata/binary.h"
#include "metadata/text.h"

namespace earmark::metadata {
namespace {

std::string_view key_of(std::string_view entry) { return entry.substr(0, entry.find('=')); }

std::string name_of(TagField field) { return upper_case(field_name(field)); }

std::optional<TagField> meaning_of(std::string_view entry) {
    if (entry.find('=') == std::string_view::npos) return std::nullopt;
    for (const TagField field : {TagField::genre, TagField::mood, TagField::grouping, TagField::comment,
                                 TagField::earmark_tags, TagField::earmark_model})
        if (equal_without_case(key_of(entry), name_of(field))) return field;
    return std::nullopt;
}

}  // namespace

VorbisComment VorbisComment::parse(std::string_view bytes) {
    Cursor cursor(bytes);
    VorbisComment comment;
    comment.vendor_ = cursor.take(cursor.take_little(4));
    const std::uint64_t count = cursor.take_little(4);
    for (std::uint64_t i = 0; i < count; ++i) comment.entries_.emplace_back(cursor.take(cursor.take_little(4)));
    comment.rest_ = cursor.take(cursor.left());
    return comment;
}

void VorbisComment::list(FileFields& fields) const {
    fields.fields.push_back({"Vorbis/vendor", vendor_, {}});
    for (const std::string& entry : entries_) {
        const std::optional<TagField> meaning = meaning_of(entry);
        fields.fields.push_back({"Vorbis/" + std::string(key_of(entry)), entry, meaning});
        if (!meaning) continue;
        const std::string value = entry.substr(entry.find('=') + 1);
        if (!trimmed(value).empty()) fields.values[*meaning].push_back(value);
    }
    if (!rest_.empty()) fields.fields.push_back({"Vorbis/after the comments", rest_, {}});
}

std::string VorbisComment::edited(const Edit& edit) const {
    std::vector<std::string> entries;
    std::set<TagField> placed;
    const auto place = [&](TagField field) {
        if (!placed.insert(field).second) return;
        for (const std::string& value : edit.values.at(field)) entries.push_back(name_of(field) + "=" + value);
    };
    for (const std::string& entry : entries_) {
        const std::optional<TagField> meaning = meaning_of(entry);
        if (meaning && edit.values.contains(*meaning))
            place(*meaning);
        else
            entries.push_back(entry);
    }
    for (const auto& [field, values] : edit.values) place(field);
    std::string bytes = as_little_endian(vendor_.size(), 4) + vendor_ + as_little_endian(entries.size(), 4);
    for (const std::string& entry : entries) bytes += as_little_endian(entry.size(), 4) + entry;
    return bytes + rest_;
}

}  // namespace earmark::metadata
