#include "metadata/ape_tag.h"

#include <algorithm>
#include <set>

#include "metadata/binary.h"
#include "metadata/text.h"

namespace earmark::metadata {
namespace {

constexpr std::uint64_t footer_bytes = 32;
constexpr std::uint64_t has_header_flag = 0x80000000;
constexpr std::uint64_t is_header_flag = 0x20000000;

std::string key_of(TagField field) {
    switch (field) {
        case TagField::genre: return "Genre";
        case TagField::mood: return "Mood";
        case TagField::grouping: return "Grouping";
        case TagField::comment: return "Comment";
        // Case does not count in keys. "TAG", 128 bytes before the end, would be taken for an ID3v1 tag.
        case TagField::earmark_tags: return "Earmark_Tags";
        case TagField::earmark_model: return "Earmark_Model";
    }
    return {};
}

std::optional<TagField> meaning_of(std::string_view key) {
    for (const TagField field : {TagField::genre, TagField::mood, TagField::grouping, TagField::comment,
                                 TagField::earmark_tags, TagField::earmark_model})
        if (equal_without_case(key, key_of(field))) return field;
    return std::nullopt;
}

// Next to another tag: its comment may be another one, as people have put it there.
std::optional<TagField> shared_meaning_of(std::string_view key) {
    const std::optional<TagField> meaning = meaning_of(key);
    return meaning == TagField::comment ? std::nullopt : meaning;
}

}  // namespace

std::optional<ApeTag> ApeTag::parse(const ByteSource& source, std::uint64_t end) {
    if (end < footer_bytes) return std::nullopt;
    const std::string footer = source.read(end - footer_bytes, footer_bytes);
    if (!footer.starts_with("APETAGEX")) return std::nullopt;
    ApeTag tag;
    tag.version_ = little_endian(footer, 8, 4);
    const std::uint64_t content_bytes = little_endian(footer, 12, 4);
    const std::uint64_t count = little_endian(footer, 16, 4);
    const std::uint64_t flags = little_endian(footer, 20, 4);
    tag.reserved_ = footer.substr(24);
    if ((flags & is_header_flag) != 0) return std::nullopt;
    tag.has_header_ = tag.version_ >= 2000 && (flags & has_header_flag) != 0;
    tag.flags_ = flags;
    if (content_bytes < footer_bytes) throw Damage("its APEv2 tag has a wrong size");
    tag.size_ = content_bytes + (tag.has_header_ ? footer_bytes : 0);
    if (tag.size_ > end) throw Damage("its APEv2 tag begins before the file");
    tag.start_ = end - tag.size_;
    const std::uint64_t start = end - content_bytes;
    const std::string content = source.read(start, content_bytes - footer_bytes);
    Cursor cursor(content);
    for (std::uint64_t i = 0; i < count; ++i) {
        Item item;
        item.stored.offset = start + cursor.at();
        const std::uint64_t value_bytes = cursor.take_little(4);
        item.flags = cursor.take_little(4);
        const std::size_t key_end = content.find('\0', cursor.at());
        if (key_end == std::string::npos) throw Damage("an item of its APEv2 tag has no key");
        item.key = cursor.take(key_end - cursor.at());
        cursor.take(1);
        item.value = cursor.take(value_bytes);
        item.stored.length = start + cursor.at() - item.stored.offset;
        tag.items_.push_back(std::move(item));
    }
    if (cursor.left() > 0) throw Damage("its APEv2 tag has bytes after its items");
    return tag;
}

void ApeTag::list(FileFields& fields, bool is_own) const {
    if (is_own && version_ < 2000) fields.reason_not_writable = "its tag is APEv1";
    for (const Item& item : items_) {
        const std::optional<TagField> meaning = meaning_of(item.key);
        fields.fields.push_back({"APEv2/" + item.key, as_big_endian(item.flags, 4) + item.value,
                                 is_own ? meaning : shared_meaning_of(item.key)});
        if (!meaning) continue;
        const bool is_replaced = !is_own && version_ >= 2000 && shared_meaning_of(item.key);
        for (const std::string& value : split(item.value, std::string_view("\0", 1))) {
            if (trimmed(value).empty()) continue;
            (is_own ? fields.values : fields.elsewhere)[*meaning].push_back(value);
            if (is_replaced) fields.replaced_elsewhere[*meaning].push_back(value);
        }
    }
    // What differs from a tag that Earmark makes.
    if (size_ > 0 && ((flags_ & ~is_header_flag) != has_header_flag || reserved_ != std::string(8, '\0')))
        fields.fields.push_back({"APEv2/reserved", as_big_endian(flags_, 4) + reserved_, {}});
}

Pieces ApeTag::edited_where_it_has(const Edit& edit) const {
    Edit known = edit;
    std::erase_if(known.values, [&](const auto& wanted) {
        const auto is_it = [&](const Item& item) { return shared_meaning_of(item.key) == wanted.first; };
        return version_ < 2000 || std::ranges::none_of(items_, is_it);
    });
    if (!known.values.empty()) return edited(known);
    Pieces pieces;
    pieces.copy(start_, size_);
    return pieces;
}

Pieces ApeTag::edited(const Edit& edit) const {
    Pieces items;
    std::uint64_t count = 0;
    std::set<TagField> placed;
    const auto place = [&](TagField field) {
        const Values& values = edit.values.at(field);
        if (!placed.insert(field).second || values.empty()) return;
        const std::string value = joined(values, std::string_view("\0", 1));
        items.literal(as_little_endian(value.size(), 4) + as_little_endian(0, 4) + key_of(field) + '\0' + value);
        ++count;
    };
    for (const Item& item : items_) {
        const std::optional<TagField> meaning = meaning_of(item.key);
        if (meaning && edit.values.contains(*meaning)) {
            place(*meaning);
        } else {
            items.copy(item.stored.offset, item.stored.length);
            ++count;
        }
    }
    for (const auto& [field, values] : edit.values) place(field);
    const auto edge = [&](std::uint64_t flags) {
        return "APETAGEX" + as_little_endian(version_, 4) + as_little_endian(items.size() + footer_bytes, 4) +
               as_little_endian(count, 4) + as_little_endian(flags, 4) + reserved_;
    };
    Pieces pieces;
    if (has_header_) pieces.literal(edge(flags_ | is_header_flag));
    pieces.append(items);
    pieces.literal(edge(flags_ & ~is_header_flag));
    return pieces;
}

}  // namespace earmark::metadata
