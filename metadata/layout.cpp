#include "metadata/layout.h"

#include <algorithm>
#include <array>
#include <utility>

#include "earmark/error.h"
#include "metadata/id3v2.h"
#include "metadata/layouts.h"
#include "metadata/text.h"

namespace earmark::metadata {
namespace {

// What is neither known nor written.
class Unknown : public Layout {
public:
    explicit Unknown(const ByteSource& source) : size_(source.size()) {}

    FileFields fields() const override {
        FileFields fields;
        fields.audio = {{0, size_}};
        fields.reason_not_writable = "Earmark writes no fields into files of this format";
        return fields;
    }

    Pieces edited(const Edit&) const override {
        Pieces pieces;
        pieces.copy(0, size_);
        return pieces;
    }

private:
    std::uint64_t size_;
};

constexpr std::string_view asf_header_id("\x30\x26\xB2\x75\x8E\x66\xCF\x11\xA6\xD9\x00\xAA\x00\x62\xCE\x6C", 16);

bool has_mpeg_ending(const std::filesystem::path& name) {
    constexpr std::array<std::string_view, 6> endings{".MP3", ".MP2", ".MP1", ".MPA", ".MPGA", ".M2A"};
    return std::ranges::find(endings, upper_case(name.extension().string())) != endings.end();
}

// The audio after an ID3v2 tag, or at the start: MPEG audio and AAC begin with 11 or 12 bits of ones.
std::string format_of_frames(std::string_view start, const std::filesystem::path& name, bool has_tag) {
    if (start.starts_with("TTA1")) return "TTA";
    const bool is_sync = start.size() >= 2 && start[0] == '\xFF' && (start[1] & 0xE0) == 0xE0;
    if (is_sync && (start[1] & 0xF6) == 0xF0) return "AAC";
    if (has_mpeg_ending(name) || (is_sync && has_tag)) return "MP3";
    return {};
}

bool is_riff(std::string_view start) {
    if (start.size() < 12) return false;
    const std::string_view id = start.substr(0, 4);
    const std::string_view type = start.substr(8, 4);
    if (id == "FORM") return type == "AIFF" || type == "AIFC";
    return (id == "RIFF" || id == "RF64" || id == "BW64") && type == "WAVE";
}

std::unique_ptr<Layout> layout_of(const ByteSource& source, const std::filesystem::path& name) {
    const std::string start = source.read_at_most(0, 16);
    const std::optional<Id3Tag> tag = Id3Tag::parse(source, 0);
    const std::string audio = tag ? source.read_at_most(tag->size(), 16) : start;
    if (audio.starts_with("fLaC")) return read_flac(source, tag ? tag->size() : 0);
    for (const auto& [id, format] :
         {std::pair{"MAC ", "Monkey's Audio"}, {"wvpk", "WavPack"}, {"MPCK", "Musepack"}, {"MP+", "Musepack"}})
        if (audio.starts_with(id)) return read_trailing_ape(source, format);
    if (start.starts_with("OggS")) return read_ogg(source);
    if (start.size() >= 8 && start.substr(4, 4) == "ftyp") return read_mp4(source);
    if (start.starts_with(asf_header_id)) return read_asf(source);
    if (is_riff(start)) return read_riff(source);
    if (start.starts_with("DSD ")) return read_dsf(source);
    if (const std::string format = format_of_frames(audio, name, tag.has_value()); !format.empty())
        return read_leading_id3(source, format);
    return std::make_unique<Unknown>(source);
}

}  // namespace

std::unique_ptr<Layout> read_layout(const ByteSource& source, const std::filesystem::path& name) {
    try {
        return layout_of(source, name);
    } catch (const Damage& damage) {
        throw Error(ErrorCode::unreadable, name.string() + ": its fields cannot be read: " + damage.what());
    }
}

FileFields list_fields(const ByteSource& source, const std::filesystem::path& name) {
    const std::unique_ptr<Layout> layout = read_layout(source, name);
    try {
        return layout->fields();
    } catch (const Damage& damage) {
        throw Error(ErrorCode::unreadable, name.string() + ": its fields cannot be read: " + damage.what());
    }
}

std::optional<std::string> first_difference(const FileFields& before, const FileFields& after,
                                            const FieldValues& edited) {
    const auto foreign = [&](const FileFields& all) {
        std::vector<const Field*> fields;
        for (const Field& field : all.fields)
            if (!field.meaning || !edited.contains(*field.meaning)) fields.push_back(&field);
        return fields;
    };
    if (before.format != after.format) return "the format is " + after.format;
    const std::vector<const Field*> old_fields = foreign(before);
    const std::vector<const Field*> new_fields = foreign(after);
    const auto is_same = [](const Field* one, const Field* other) { return *one == *other; };
    const auto [old_field, new_field] = std::ranges::mismatch(old_fields, new_fields, is_same);
    if (old_field == old_fields.end() && new_field == new_fields.end()) return std::nullopt;
    if (old_field == old_fields.end()) return (*new_field)->name + " is new";
    if (new_field == new_fields.end() || (*new_field)->name != (*old_field)->name)
        return (*old_field)->name + " is missing";
    return (*old_field)->name + " differs";
}

}  // namespace earmark::metadata
