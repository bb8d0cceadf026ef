#include "metadata/riff_info.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "metadata/binary.h"
#include "metadata/id3v2_text.h"
#include "metadata/text.h"

namespace earmark::metadata {
namespace {

constexpr std::uint64_t header_bytes = 8;

// With the NUL that ends it.
std::string info_entry(const std::string& id, const std::string& value) {
    const std::uint64_t size = value.size() + 1;
    return id + as_little_endian(size, 4) + value + std::string(1 + size % 2, '\0');
}

}  // namespace

std::vector<InfoEntry> info_entries(std::string_view body, std::uint64_t offset) {
    std::vector<InfoEntry> entries;
    for (std::uint64_t at = 4; at < body.size(); at += entries.back().place.length) {
        if (body.size() - at < header_bytes) return {};
        const std::uint64_t size = little_endian(body, at + 4, 4);
        const std::uint64_t left = body.size() - at - header_bytes;
        if (size > left) return {};
        const std::string value = trimmed(body.substr(at + header_bytes, size));
        const std::uint64_t even_bytes = std::min(size % 2, left - size);
        entries.push_back({std::string(body.substr(at, 4)), value, {offset + at, header_bytes + size + even_bytes}});
    }
    return entries;
}

void list_info(const std::vector<InfoEntry>& entries, const ByteSource& source, FileFields& fields) {
    for (const InfoEntry& entry : entries) {
        fields.fields.push_back({"RIFF/INFO/" + latin1_to_utf8(entry.id),
                                 source.read(entry.place.offset, entry.place.length),
                                 entry.is_genre() ? std::optional(TagField::genre) : std::nullopt});
        if (entry.is_genre())
            for (FieldValues* const values : {&fields.elsewhere, &fields.replaced_elsewhere})
                std::ranges::copy(id3_split({entry.value}), std::back_inserter((*values)[TagField::genre]));
        if (entry.id == "ICMT" && !entry.value.empty()) fields.elsewhere[TagField::comment].push_back(entry.value);
    }
}

bool concerns(const Edit& edit, const std::vector<InfoEntry>& entries) {
    return edit.values.contains(TagField::genre) && std::ranges::any_of(entries, &InfoEntry::is_genre);
}

Pieces edited_info(const std::vector<InfoEntry>& entries, const Edit& edit) {
    const Values& genres = edit.values.at(TagField::genre);
    Pieces texts;
    for (const InfoEntry& entry : entries) {
        if (!entry.is_genre())
            texts.copy(entry.place.offset, entry.place.length);
        else if (!genres.empty())
            texts.literal(info_entry(entry.id, joined(genres, "; ")));
    }
    Pieces body;
    if (texts.size() == 0) return body;
    body.literal("INFO");
    body.append(texts);
    return body;
}

}  // namespace earmark::metadata
