#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <vector>

#include "metadata/binary.h"
#include "metadata/layouts.h"
#include "metadata/text.h"

namespace earmark::metadata {
namespace {

// Advanced Systems Format Specification 01.20.05, section 10: ids as they are stored.
constexpr std::string_view content_id("\x33\x26\xB2\x75\x8E\x66\xCF\x11\xA6\xD9\x00\xAA\x00\x62\xCE\x6C", 16);
constexpr std::string_view extended_content_id("\x40\xA4\xD0\xD2\x07\xE3\xD2\x11\x97\xF0\x00\xA0\xC9\x5E\xA8\x50", 16);
constexpr std::string_view file_properties_id("\xA1\xDC\xAB\x8C\x47\xA9\xCF\x11\x8E\xE4\x00\xC0\x0C\x20\x53\x65", 16);
constexpr std::string_view padding_id("\x74\xD4\x06\x18\xDF\xCA\x09\x45\xA4\xBA\x9A\xAB\xCB\x96\xAA\xE8", 16);
constexpr std::string_view data_id("\x36\x26\xB2\x75\x8E\x66\xCF\x11\xA6\xD9\x00\xAA\x00\x62\xCE\x6C", 16);

constexpr std::uint64_t header_bytes = 30;  // of the header object: id, size, number of objects, two reserved bytes
constexpr std::uint64_t object_header_bytes = 24;
constexpr std::uint64_t text_type = 0;

struct Object {
    std::string id;
    std::uint64_t offset = 0;
    std::uint64_t size = 0;  ///< with its id and size

    std::uint64_t body() const noexcept { return offset + object_header_bytes; }
    std::uint64_t body_bytes() const noexcept { return size - object_header_bytes; }
};

struct Attribute {
    std::string name;
    std::uint64_t type = 0;
    std::string value;
    Range stored;
};

std::string name_of(TagField field) {
    switch (field) {
        case TagField::genre: return "WM/Genre";
        case TagField::mood: return "WM/Mood";
        case TagField::grouping: return "WM/ContentGroupDescription";
        case TagField::earmark_tags: return "EARMARK/TAGS";
        case TagField::earmark_model: return "EARMARK/MODEL";
        case TagField::comment: break;
    }
    return {};
}

std::optional<TagField> meaning_of(std::string_view name) {
    for (const TagField field :
         {TagField::genre, TagField::mood, TagField::grouping, TagField::earmark_tags, TagField::earmark_model})
        if (equal_without_case(name, name_of(field))) return field;
    return std::nullopt;
}

std::string without_end(std::string text) {
    while (text.ends_with('\0')) text.pop_back();
    return text;
}

std::string as_attribute(const std::string& name, const std::string& value) {
    const std::string end(2, '\0');
    const std::string wide_name = utf8_to_utf16(name) + end;
    const std::string wide_value = utf8_to_utf16(value) + end;
    if (wide_value.size() > 0xFFFF) throw Damage("a value is too long for ASF");
    return as_little_endian(wide_name.size(), 2) + wide_name + as_little_endian(text_type, 2) +
           as_little_endian(wide_value.size(), 2) + wide_value;
}

class Asf : public Layout {
public:
    explicit Asf(const ByteSource& source) : source_(source) {
        const std::string header = source.read(0, header_bytes);
        header_end_ = little_endian(header, 16, 8);
        if (header_end_ < header_bytes || header_end_ > source.size())
            throw Damage("its ASF header ends after the file");
        objects_ = read_objects(header_bytes, header_end_);
        if (objects_.size() != little_endian(header, 24, 4)) reason_ = "its ASF header has another number of objects";
        if (count_of(content_id) > 1 || count_of(extended_content_id) > 1) reason_ = "it has several lists of fields";
        rest_ = read_objects(header_end_, source.size());
        if (const Object* content = find(content_id)) parse_content(*content);
        if (const Object* content = find(extended_content_id)) parse_attributes(*content);
    }

    FileFields fields() const override {
        FileFields fields;
        fields.format = "ASF";
        for (const Object& object : objects_) {
            if (object.id == padding_id) continue;
            if (object.id == content_id)
                list_content(fields);
            else if (object.id == extended_content_id)
                list_attributes(fields);
            else
                list_object(object, fields);
        }
        std::uint64_t at = header_end_;
        for (const Object& object : rest_) {
            if (object.id == data_id)
                fields.audio.push_back({object.body(), object.body_bytes()});
            else
                list_object(object, fields);
            at = object.offset + object.size;
        }
        if (at < source_.size()) fields.audio.push_back({at, source_.size() - at});
        fields.reason_not_writable = reason_;
        return fields;
    }

    Pieces edited(const Edit& edit) const override {
        Pieces objects;
        std::uint64_t count = 0;
        bool has_attributes = false;
        bool has_content = false;
        std::uint64_t properties_at = 0;
        for (const Object& object : objects_) {
            ++count;
            if (object.id == extended_content_id) {
                has_attributes = true;
                objects.append(edited_attributes(edit));
            } else if (object.id == content_id && edit.values.contains(TagField::comment)) {
                has_content = true;
                objects.append(edited_content(edit));
            } else if (object.id == file_properties_id && object.size >= object_header_bytes + 24) {
                // The size of the file comes after the id of the file; it is put in when it is known.
                objects.copy(object.offset, object_header_bytes + 16);
                properties_at = objects.size();
                objects.literal(std::string(8, '\0'));
                objects.copy(object.body() + 24, object.body_bytes() - 24);
            } else {
                objects.copy(object.offset, object.size);
            }
        }
        if (!has_attributes) ++count, objects.append(edited_attributes(edit));
        if (!has_content && edit.values.contains(TagField::comment)) ++count, objects.append(edited_content(edit));
        return with_header(objects, count, properties_at);
    }

private:
    std::vector<Object> read_objects(std::uint64_t at, std::uint64_t end) const {
        std::vector<Object> objects;
        while (end - at >= object_header_bytes) {
            const std::string header = source_.read(at, object_header_bytes);
            const Object object{header.substr(0, 16), at, little_endian(header, 16, 8)};
            if (object.size < object_header_bytes || object.size > end - at) {
                if (end != header_end_) break;  // after the header: audio that was cut short
                throw Damage("an ASF object ends after what it is in");
            }
            objects.push_back(object);
            at += object.size;
        }
        if (end == header_end_ && at != end) throw Damage("its ASF header has bytes after its objects");
        return objects;
    }

    std::ptrdiff_t count_of(std::string_view id) const {
        return std::ranges::count_if(objects_, [&](const Object& object) { return object.id == id; });
    }
    const Object* find(std::string_view id) const {
        const auto object = std::ranges::find_if(objects_, [&](const Object& one) { return one.id == id; });
        return object == objects_.end() ? nullptr : &*object;
    }

    void list_object(const Object& object, FileFields& fields) const {
        std::string bytes = source_.read(object.body(), object.body_bytes());
        if (object.id == file_properties_id && bytes.size() >= 24) bytes.erase(16, 8);
        std::string name = "ASF/object ";
        for (const char byte : object.id) {
            constexpr char digits[] = "0123456789abcdef";
            name += digits[static_cast<unsigned char>(byte) >> 4U];
            name += digits[static_cast<unsigned char>(byte) & 15U];
        }
        fields.fields.push_back({name, std::move(bytes), {}});
    }

    void parse_content(const Object& object) {
        const std::string bytes = source_.read(object.body(), object.body_bytes());
        Cursor cursor(bytes);
        std::vector<std::uint64_t> sizes;
        for (std::size_t i = 0; i < content_names.size(); ++i) sizes.push_back(cursor.take_little(2));
        for (std::size_t i = 0; i < content_names.size(); ++i) content_[i] = cursor.take(sizes[i]);
        if (cursor.left() > 0) reason_ = "its ASF description has bytes after its fields";
    }

    void parse_attributes(const Object& object) {
        const std::string bytes = source_.read(object.body(), object.body_bytes());
        Cursor cursor(bytes);
        const std::uint64_t count = cursor.take_little(2);
        for (std::uint64_t i = 0; i < count; ++i) {
            const std::size_t start = cursor.at();
            Attribute attribute;
            attribute.name = without_end(utf16_to_utf8(cursor.take(cursor.take_little(2)), false));
            attribute.type = cursor.take_little(2);
            attribute.value = cursor.take(cursor.take_little(2));
            attribute.stored = {object.body() + start, cursor.at() - start};
            attributes_.push_back(std::move(attribute));
        }
        if (cursor.left() > 0) reason_ = "its ASF attributes have bytes after the last one";
    }

    void list_content(FileFields& fields) const {
        for (std::size_t i = 0; i < content_names.size(); ++i) {
            const bool is_comment = content_names[i] == "Description";
            // A field that is empty and one that is not there are the same in this object.
            const std::string value = trimmed(utf16_to_utf8(content_[i], false));
            if (content_[i].empty() || (is_comment && value.empty())) continue;
            fields.fields.push_back({"ASF/" + std::string(content_names[i]), content_[i],
                                     is_comment ? std::optional(TagField::comment) : std::nullopt});
            if (is_comment) fields.values[TagField::comment].push_back(without_end(utf16_to_utf8(content_[i], false)));
        }
    }

    void list_attributes(FileFields& fields) const {
        for (const Attribute& attribute : attributes_) {
            const std::optional<TagField> meaning = meaning_of(attribute.name);
            fields.fields.push_back(
                {"ASF/" + attribute.name, as_little_endian(attribute.type, 2) + attribute.value, meaning});
            if (!meaning) continue;
            const std::string value =
                attribute.type == text_type ? without_end(utf16_to_utf8(attribute.value, false)) : "(no text)";
            if (!trimmed(value).empty()) fields.values[*meaning].push_back(value);
        }
    }

    Pieces edited_attributes(const Edit& edit) const {
        Pieces list;
        std::uint64_t count = 0;
        std::set<TagField> placed;
        const auto place = [&](TagField field) {
            if (field == TagField::comment || !placed.insert(field).second) return;
            for (const std::string& value : edit.values.at(field))
                ++count, list.literal(as_attribute(name_of(field), value));
        };
        for (const Attribute& attribute : attributes_) {
            const std::optional<TagField> meaning = meaning_of(attribute.name);
            if (meaning && edit.values.contains(*meaning))
                place(*meaning);
            else
                ++count, list.copy(attribute.stored.offset, attribute.stored.length);
        }
        for (const auto& [field, values] : edit.values) place(field);
        if (count > 0xFFFF) throw Damage("it has too many ASF attributes");
        Pieces object;
        object.literal(std::string(extended_content_id) + as_little_endian(object_header_bytes + 2 + list.size(), 8) +
                       as_little_endian(count, 2));
        object.append(list);
        return object;
    }

    Pieces edited_content(const Edit& edit) const {
        std::string sizes;
        std::string texts;
        for (std::size_t i = 0; i < content_names.size(); ++i) {
            std::string text = content_[i];
            if (content_names[i] == "Description") {
                text = utf8_to_utf16(joined(edit.values.at(TagField::comment), "; "));
                if (!text.empty()) text += std::string(2, '\0');
            }
            if (text.size() > 0xFFFF) throw Damage("a value is too long for ASF");
            sizes += as_little_endian(text.size(), 2);
            texts += text;
        }
        Pieces object;
        object.literal(std::string(content_id) +
                       as_little_endian(object_header_bytes + sizes.size() + texts.size(), 8) + sizes + texts);
        return object;
    }

    Pieces with_header(const Pieces& objects, std::uint64_t count, std::uint64_t properties_at) const {
        const std::uint64_t rest_bytes = source_.size() - header_end_;
        const std::uint64_t new_header_bytes = header_bytes + objects.size();
        Pieces pieces;
        pieces.copy(0, 16);
        pieces.literal(as_little_endian(new_header_bytes, 8) + as_little_endian(count, 4));
        pieces.copy(28, 2);
        std::uint64_t at = 0;
        for (const Piece& piece : objects.all()) {
            std::string literal = piece.literal;
            if (properties_at >= at && properties_at < at + literal.size() && properties_at > 0)
                literal.replace(properties_at - at, 8, as_little_endian(new_header_bytes + rest_bytes, 8));
            pieces.copy(piece.copied.offset, piece.copied.length);
            pieces.literal(std::move(literal));
            at += piece.size();
        }
        pieces.copy(header_end_, rest_bytes);
        return pieces;
    }

    static constexpr std::array<std::string_view, 5> content_names{"Title", "Author", "Copyright", "Description",
                                                                   "Rating"};

    const ByteSource& source_;
    std::uint64_t header_end_ = 0;
    std::vector<Object> objects_;
    std::vector<Object> rest_;
    std::array<std::string, 5> content_;
    std::vector<Attribute> attributes_;
    std::string reason_;
};

}  // namespace

std::unique_ptr<Layout> read_asf(const ByteSource& source) { return std::make_unique<Asf>(source); }

}  // namespace earmark::metadata
