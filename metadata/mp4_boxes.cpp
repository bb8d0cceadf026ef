#include "metadata/mp4_boxes.h"

#include "metadata/binary.h"
#include "metadata/id3v1_genres.h"
#include "metadata/text.h"

namespace earmark::metadata {
namespace {

constexpr std::string_view apple_name = "com.apple.iTunes";
constexpr std::uint64_t utf8_text = 1;

std::string type_of(TagField field) {
    switch (field) {
        case TagField::genre: return "\xA9gen";
        case TagField::grouping: return "\xA9grp";
        case TagField::comment:
            return "\xA9"
                   "cmt";
        case TagField::mood:
        case TagField::earmark_tags:
        case TagField::earmark_model: break;
    }
    return "----";
}

std::optional<TagField> meaning_of(const std::string& type, std::string_view mean, std::string_view name) {
    if (type == "gnre") return TagField::genre;
    for (const TagField field : {TagField::genre, TagField::mood, TagField::grouping, TagField::comment,
                                 TagField::earmark_tags, TagField::earmark_model}) {
        if (type != type_of(field)) continue;
        if (type != "----" || (mean == apple_name && equal_without_case(name, field_name(field)))) return field;
    }
    return std::nullopt;
}

}  // namespace

Mp4Box read_mp4_box(const ByteSource& source, std::uint64_t offset, std::uint64_t end, const std::string& parent) {
    const std::string header = source.read(offset, 8);
    Mp4Box box;
    box.type = header.substr(4);
    box.path = parent + "/" + latin1_to_utf8(box.type);
    box.offset = offset;
    box.all_bytes = big_endian(header, 0, 4);
    if (box.all_bytes == 1) {
        box.header_bytes = 16;
        box.all_bytes = big_endian(source.read(offset + 8, 8), 0, 8);
    } else if (box.all_bytes == 0) {
        box.all_bytes = end - offset;
    }
    if (box.all_bytes < box.header_bytes || box.all_bytes > end - offset)
        throw Damage("its MP4 box '" + latin1_to_utf8(box.type) + "' ends after what it is in");
    return box;
}

std::string mp4_box_header(const std::string& type, std::uint64_t body_bytes) {
    if (body_bytes + 8 > 0xFFFFFFFF) throw Damage("its fields are too long for an MP4 box");
    return as_big_endian(body_bytes + 8, 4) + type;
}

std::string mp4_box(const std::string& type, const std::string& body) {
    return mp4_box_header(type, body.size()) + body;
}

Mp4Item parse_mp4_item(const std::string& type, std::string bytes) {
    Mp4Item item{latin1_to_utf8(type), std::move(bytes), {}, {}};
    const MemorySource source(item.bytes);
    std::string mean;
    std::string name;
    Values values;
    try {
        for (std::uint64_t at = 0; at < source.size();) {
            const Mp4Box box = read_mp4_box(source, at, source.size(), "");
            const std::string body = source.read(box.body(), box.body_bytes());
            at = box.end();
            if (box.type == "mean" && body.size() >= 4) mean = body.substr(4);
            if (box.type == "name" && body.size() >= 4) name = body.substr(4);
            if (box.type != "data" || body.size() < 8) continue;
            if (type == "gnre" && body.size() >= 10)
                values.emplace_back(id3v1_genre(big_endian(body, 8, 2) - 1).value_or("(unknown)"));
            else
                values.push_back(body.substr(8));
        }
    } catch (const Damage&) {
        return item;
    }
    if (type == "----") item.name += ":" + mean + ":" + name;
    item.meaning = meaning_of(type, mean, name);
    if (item.meaning) item.values = std::move(values);
    return item;
}

std::string new_mp4_item(TagField field, const Values& values) {
    if (values.empty()) return {};
    const std::string type = type_of(field);
    const std::string zeros(4, '\0');
    std::string body;
    if (type == "----")
        body =
            mp4_box("mean", zeros + std::string(apple_name)) + mp4_box("name", zeros + upper_case(field_name(field)));
    const std::string before_value = as_big_endian(utf8_text, 4) + zeros;
    for (const std::string& value : values) body += mp4_box("data", before_value + value);
    return mp4_box(type, body);
}

std::vector<std::uint64_t> parse_mp4_offsets(const std::string& type, const std::string& body) {
    const std::size_t width = type == "co64" ? 8 : 4;
    Cursor cursor(body);
    cursor.take(4);
    const std::uint64_t count = cursor.take_big(4);
    if (count > cursor.left() / width) throw Damage("its MP4 box '" + type + "' is too short");
    std::vector<std::uint64_t> offsets;
    for (std::uint64_t i = 0; i < count; ++i) offsets.push_back(cursor.take_big(width));
    return offsets;
}

std::string moved_mp4_offsets(const std::string& type, const std::string& body, std::uint64_t first,
                              std::uint64_t shift) {
    const std::size_t width = type == "co64" ? 8 : 4;
    const std::vector<std::uint64_t> offsets = parse_mp4_offsets(type, body);
    std::string moved = body.substr(0, 8);
    for (const std::uint64_t offset : offsets) {
        const std::uint64_t to = offset >= first ? offset + shift : offset;
        if (width == 4 && to > 0xFFFFFFFF) throw Damage("its audio would begin too late for the offsets in it");
        moved += as_big_endian(to, width);
    }
    return moved + body.substr(8 + offsets.size() * width);
}

}  // namespace earmark::metadata
