#include "metadata/id3v2.h"

#include <algorithm>
#include <cassert>

#include "metadata/binary.h"
#include "metadata/id3v2_conversion.h"
#include "metadata/id3v2_text.h"
#include "metadata/text.h"

namespace earmark::metadata {
namespace {

constexpr std::uint64_t header_bytes = 10;
constexpr std::size_t most_frames = 50'000;  // of frames of a few bytes, 20 times as much memory
constexpr std::uint64_t most_tag_bytes = (std::uint64_t{1} << 28U) - 1;

constexpr int unsynchronization_flag = 0x80;
constexpr int extended_header_flag = 0x40;  // in ID3v2.2: compression, of which nobody ever said how
constexpr int footer_flag = 0x10;

std::uint64_t synchsafe(std::string_view bytes) {
    std::uint64_t number = 0;
    for (const char byte : bytes) number = number << 7U | (static_cast<unsigned char>(byte) & 0x7FU);
    return number;
}

std::string as_synchsafe(std::uint64_t number) {
    std::string bytes(4, '\0');
    for (std::size_t i = 4; i-- > 0; number >>= 7U) bytes[i] = static_cast<char>(number & 0x7FU);
    return bytes;
}

std::string without_unsynchronization(std::string_view bytes) {
    std::string result;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        result += bytes[i];
        if (bytes[i] == '\xFF' && i + 1 < bytes.size() && bytes[i + 1] == '\0') ++i;
    }
    return result;
}

std::string with_unsynchronization(std::string_view bytes) {
    std::string result;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        result += bytes[i];
        const bool is_last = i + 1 == bytes.size();
        if (bytes[i] == '\xFF' && (is_last || static_cast<unsigned char>(bytes[i + 1]) >= 0xE0 || bytes[i + 1] == '\0'))
            result += '\0';
    }
    return result;
}

bool is_frame_id(std::string_view id) {
    const auto is_letter = [](char letter) {
        return ('A' <= letter && letter <= 'Z') || ('0' <= letter && letter <= '9');
    };
    // iTunes wrote ids of ID3v2.2 into ID3v2.3, with a blank or NUL after them.
    return std::ranges::all_of(id.substr(0, 3), is_letter) &&
           (id.size() == 3 || is_letter(id[3]) || id[3] == ' ' || id[3] == '\0');
}

bool is_all_zero(std::string_view bytes) { return bytes.find_first_not_of('\0') == std::string_view::npos; }

}  // namespace

// A frame that is to have these values.
struct Id3Tag::Target {
    std::string key;
    TagField field;
    bool is_canonical;  ///< made where it is missing
    std::string body;   ///< empty: no such frame
    bool is_placed = false;
};

std::optional<Id3Tag> Id3Tag::parse(const ByteSource& source, std::uint64_t offset) {
    const std::string header = source.read_at_most(offset, header_bytes);
    if (header.size() < header_bytes || !header.starts_with("ID3")) return std::nullopt;
    const int version = static_cast<unsigned char>(header[3]);
    const bool is_known = version >= 2 && version <= 4 &&
                          std::ranges::all_of(header.substr(6), [](char byte) { return (byte & 0x80) == 0; });
    if (!is_known) return std::nullopt;
    Id3Tag tag(version);
    tag.header_flags_ = static_cast<unsigned char>(header[5]);
    tag.has_footer_ = version == 4 && (tag.header_flags_ & footer_flag) != 0;
    const std::uint64_t content_bytes = synchsafe(std::string_view(header).substr(6));
    tag.size_ = header_bytes + content_bytes + (tag.has_footer_ ? header_bytes : 0);
    if (tag.size_ > source.size() - offset) throw Damage("its ID3v2 tag ends after the file");
    std::string content = source.read(offset + header_bytes, content_bytes);
    tag.is_unsynchronized_ = version < 4 && (tag.header_flags_ & unsynchronization_flag) != 0;
    if (tag.is_unsynchronized_) content = without_unsynchronization(content);
    tag.parse_content(content, offset + header_bytes, !tag.is_unsynchronized_);
    return tag;
}

void Id3Tag::parse_content(const std::string& content, std::uint64_t offset, bool is_stored) {
    std::string_view frames = content;
    if (version_ == 2 && (header_flags_ & extended_header_flag) != 0)
        reason_not_writable_ = "its ID3v2.2 tag is compressed";
    if (version_ > 2 && (header_flags_ & extended_header_flag) != 0) {
        Cursor cursor(content);
        const std::string_view size = cursor.take(4);
        const std::uint64_t left =
            version_ == 3 ? big_endian(size, 0, 4) : std::max<std::uint64_t>(synchsafe(size), 6) - 4;
        const std::string_view rest = cursor.take(left);
        extended_header_ = std::string(size) + std::string(rest);
        const std::size_t flags_at = version_ == 3 ? 0 : 1;
        const int checksum_flag = version_ == 3 ? 0x80 : 0x20;
        if (rest.size() <= flags_at || (rest[flags_at] & checksum_flag) != 0)
            reason_not_writable_ = "its ID3v2 tag has a checksum";
        frames.remove_prefix(cursor.at());
    }
    const std::uint64_t frames_at = offset + (content.size() - frames.size());
    if (parse_frames(frames, frames_at, is_stored, version_ == 3)) return;
    // iTunes wrote sizes into ID3v2.4 as in ID3v2.3.
    if (version_ == 4) {
        Id3Tag plain = *this;
        if (plain.parse_frames(frames, frames_at, is_stored, true)) {
            *this = plain;
            return;
        }
    }
}

// No music has so many.
bool Id3Tag::give_up() {
    frames_.clear();
    reason_not_writable_ = "its ID3v2 tag has more than 50,000 frames";
    return true;
}

// Whether the frames reach to the padding or the end, or are too many.
bool Id3Tag::parse_frames(std::string_view content, std::uint64_t offset, bool is_stored, bool has_plain_sizes) {
    frames_.clear();
    const std::size_t id_bytes = version_ == 2 ? 3 : 4;
    const std::size_t frame_header_bytes = version_ == 2 ? 6 : 10;
    std::size_t at = 0;
    while (content.size() - at > frame_header_bytes && is_frame_id(content.substr(at, id_bytes))) {
        if (frames_.size() == most_frames) return give_up();
        const std::string_view size_field = content.substr(at + id_bytes, id_bytes);
        const std::uint64_t size =
            version_ == 2 || has_plain_sizes ? big_endian(size_field, 0, id_bytes) : synchsafe(size_field);
        if (size > content.size() - at - frame_header_bytes) break;
        Id3Frame frame;
        frame.id = content.substr(at, id_bytes);
        if (version_ > 2) frame.flags = content.substr(at + 8, 2);
        const std::string_view header = content.substr(at, frame_header_bytes);
        at += frame_header_bytes;
        frame.body = content.substr(at, size);
        if (is_stored) frame.stored = {offset + at, size};
        if (frame.stored.length > 0 && header == header_of(frame)) frame.header_bytes = frame_header_bytes;
        at += size;
        frames_.push_back(std::move(frame));
    }
    find_first_comment();
    const std::string_view rest = content.substr(at);
    rest_ = is_all_zero(rest) ? "" : rest;
    return rest_.empty();
}

void Id3Tag::find_first_comment() {
    first_comment_.reset();
    for (std::size_t i = 0; i < frames_.size() && !first_comment_; ++i) {
        const std::string& id = frames_[i].id;
        if ((id == "COMM" || id == "COM") && key_of(frames_[i]).starts_with(id + "::")) first_comment_ = i;
    }
}

Id3Tag Id3Tag::in_version(int version) const {
    try {
        if (version_ == 2) throw Damage("no frame has the same name");
        if (!extended_header_.empty() || has_footer_ || !rest_.empty()) throw Damage("it has more than frames");
        Id3Tag tag(version);
        tag.size_ = size_;
        tag.frames_ = converted_frames(frames_, version);
        tag.find_first_comment();
        return tag;
    } catch (const Damage& damage) {
        throw Damage("its ID3v2." + std::to_string(version_) + " tag cannot be converted to ID3v2." +
                     std::to_string(version) + ": " + damage.what() + "; expected --id3 keep");
    }
}

std::string Id3Tag::place() const { return "ID3v2." + std::to_string(version_) + "/"; }

std::string Id3Tag::key_of(const Id3Frame& frame) const {
    const std::string body = readable_body(frame);
    if (frame.id == "TXXX" || frame.id == "TXX") return frame.id + ":" + id3_description(body, 1);
    if (frame.id == "COMM" || frame.id == "COM")
        return frame.id + ":" + id3_description(body, 4) + ":" +
               (body.size() >= 4 ? latin1_to_utf8(body.substr(1, 3)) : "");
    return frame.id;
}

std::optional<TagField> Id3Tag::meaning_of(const Id3Frame& frame) const {
    const std::string key = upper_case(key_of(frame));
    if (key == "TCON" || key == "TCO") return TagField::genre;
    if (key == "TMOO" || key == "TXXX:MOOD" || key == "TXX:MOOD") return TagField::mood;
    if (key == "TIT1" || key == "TT1" || key == "GRP1") return TagField::grouping;
    if (key == "TXXX:EARMARK_TAGS" || key == "TXX:EARMARK_TAGS") return TagField::earmark_tags;
    if (key == "TXXX:EARMARK_MODEL" || key == "TXX:EARMARK_MODEL") return TagField::earmark_model;
    if (!key.starts_with("COMM::") && !key.starts_with("COM::")) return std::nullopt;
    // Of several comments, in several languages, the first.
    return !first_comment_ || frames_[*first_comment_] == frame ? std::optional(TagField::comment) : std::nullopt;
}

// Without what the flags of the frame add; empty where it is compressed or encrypted.
std::string Id3Tag::readable_body(const Id3Frame& frame) const {
    if (version_ == 2) return frame.body;
    const auto flags = static_cast<unsigned char>(frame.flags[1]);
    std::string body = frame.body;
    if (version_ == 3) {
        if ((flags & 0xC0U) != 0) return {};
        return (flags & 0x20U) != 0 ? body.substr(std::min<std::size_t>(1, body.size())) : body;
    }
    if ((flags & 0x0CU) != 0) return {};
    const std::size_t added = ((flags & 0x40U) != 0 ? 1U : 0U) + ((flags & 0x01U) != 0 ? 4U : 0U);
    body = body.substr(std::min(added, body.size()));
    return (flags & 0x02U) != 0 ? without_unsynchronization(body) : body;
}

Values Id3Tag::values_of(const Id3Frame& frame, TagField field) const {
    const std::string body = readable_body(frame);
    // Not empty, whatever it is.
    if (body.empty()) return frame.body.empty() ? Values{} : Values{"(compressed)"};
    Values values;
    if (frame.id.starts_with("TXX"))
        values = id3_texts(body, 1, true);
    else if (field == TagField::comment)
        values = id3_texts(body, 4, true);
    else
        values = id3_texts(body, 1, false);
    if (field == TagField::genre) values = id3_genres(values);
    if (version_ < 4 && field != TagField::comment) values = id3_split(values);
    return values;
}

void Id3Tag::list(FileFields& fields) const {
    if (!reason_not_writable_.empty()) fields.reason_not_writable = reason_not_writable_;
    // An extended header without checksum has nothing but the size of the padding and restrictions.
    if (!extended_header_.empty() && version_ == 4)
        fields.fields.push_back({place() + "extended header", extended_header_, {}});
    fields.fields.reserve(fields.fields.size() + frames_.size());
    for (const Id3Frame& frame : frames_) {
        const std::optional<TagField> meaning = meaning_of(frame);
        fields.fields.push_back({place() + key_of(frame), frame.flags + frame.body, meaning});
        if (!meaning) continue;
        Values& values = fields.values[*meaning];
        for (const std::string& value : values_of(frame, *meaning))
            if (std::ranges::find(values, value) == values.end()) values.push_back(value);
    }
    if (!rest_.empty()) fields.fields.push_back({place() + "no frame", rest_, {}});
    std::erase_if(fields.values, [](const auto& entry) { return entry.second.empty(); });
}

std::string Id3Tag::new_body(const std::string& key, TagField field, const Values& values) const {
    if (values.empty()) return {};
    const std::string language = "eng";
    std::string before;
    std::string description;
    if (key.starts_with("TXX")) description = key.substr(key.find(':') + 1);
    if (field == TagField::comment)
        before = key.size() >= 3 && key.back() != ':' ? key.substr(key.rfind(':') + 1) : language;
    const bool has_description = key.find(':') != std::string::npos;
    return id3_text_body(version_, before, has_description ? std::optional(description) : std::nullopt, values);
}

std::vector<Id3Tag::Target> Id3Tag::targets(const Edit& edit) const {
    const bool is_short = version_ == 2;
    const std::string user = is_short ? "TXX:" : "TXXX:";
    std::vector<Target> targets;
    const auto add = [&](const std::string& key, TagField field, bool is_canonical) {
        targets.push_back({key, field, is_canonical, new_body(key, field, edit.values.at(field))});
    };
    for (const auto& [field, values] : edit.values) {
        bool is_met = false;
        for (const Id3Frame& frame : frames_) {
            if (meaning_of(frame) != field) continue;
            const std::string key = key_of(frame);
            const auto is_same = [&](const Target& target) { return target.key == key; };
            if (std::ranges::none_of(targets, is_same)) add(key, field, false);
            is_met = true;
        }
        const auto require = [&, field = field](const std::string& key) {
            const auto is_same = [&](const Target& target) { return equal_without_case(target.key, key); };
            if (std::ranges::none_of(targets, is_same)) add(key, field, true);
        };
        switch (field) {
            case TagField::genre: require(is_short ? "TCO" : "TCON"); break;
            case TagField::mood:
                require(version_ == 4 ? "TMOO" : user + "MOOD");
                if (edit.has_compat_mood) require(user + "MOOD");
                break;
            case TagField::grouping: require(is_short ? "TT1" : "TIT1"); break;
            case TagField::comment:
                if (!is_met) require(is_short ? "COM::eng" : "COMM::eng");
                break;
            case TagField::earmark_tags: require(user + "EARMARK_TAGS"); break;
            case TagField::earmark_model: require(user + "EARMARK_MODEL"); break;
        }
    }
    return targets;
}

std::string Id3Tag::header_of(const Id3Frame& frame) const {
    const std::uint64_t size = frame.body.size();
    if (version_ == 2 && size > 0xFFFFFF) throw Damage("a field is too long for an ID3v2.2 tag");
    if (version_ == 4) return frame.id + as_synchsafe(size) + frame.flags;
    return frame.id + as_big_endian(size, version_ == 2 ? 3 : 4) + frame.flags;
}

void Id3Tag::add_frame(Pieces& pieces, const Id3Frame& frame) const {
    if (frame.header_bytes == 0) pieces.literal(header_of(frame));
    if (frame.stored.length > 0)
        pieces.copy(frame.stored.offset - frame.header_bytes, frame.header_bytes + frame.stored.length);
    else
        pieces.literal(frame.body);
}

Pieces Id3Tag::edited_frames(const Edit& edit) const {
    std::vector<Target> all = targets(edit);
    Pieces pieces;
    const auto place_target = [&](Target& target) {
        if (target.is_placed) return;
        target.is_placed = true;
        const std::string id = target.key.substr(0, target.key.find(':'));
        if (!target.body.empty())
            add_frame(pieces, {id, version_ == 2 ? "" : std::string(2, '\0'), target.body, {}, 0});
    };
    for (const Id3Frame& frame : frames_) {
        const std::string key = key_of(frame);
        const std::optional<TagField> meaning = meaning_of(frame);
        const auto target =
            std::ranges::find_if(all, [&](const Target& one) { return meaning == one.field && one.key == key; });
        if (target == all.end())
            add_frame(pieces, frame);
        else
            place_target(*target);
    }
    for (Target& target : all) place_target(target);
    return pieces;
}

// The values of both versions are stored in other ways: all of them are written anew.
Pieces Id3Tag::converted(const Edit& edit, const Id3Padding& padding) const {
    Edit all = edit;
    FileFields fields;
    list(fields);
    fields.values.erase(TagField::comment);
    all.values.merge(fields.values);
    return in_version(edit.new_id3_version).edited(all, padding);
}

Pieces Id3Tag::edited(const Edit& edit, const Id3Padding& padding) const {
    if (edit.converts_id3 && version_ != edit.new_id3_version) return converted(edit, padding);
    Pieces content;
    Pieces frames = edited_frames(edit);
    frames.literal(rest_);
    if (is_unsynchronized_) {
        const std::string bytes = with_unsynchronization(extended_header_ + frames.bytes(MemorySource({})));
        content.literal(bytes);
    } else {
        content.literal(extended_header_);
        content.append(frames);
    }
    const std::uint64_t old_content_bytes = size_ < header_bytes ? 0 : size_ - header_bytes;
    std::uint64_t padding_bytes = has_footer_ ? 0 : padding.new_bytes;
    if (!has_footer_ && content.size() + padding.least_bytes <= old_content_bytes)
        padding_bytes = old_content_bytes - content.size();
    const std::uint64_t content_bytes = content.size() + padding_bytes;
    if (content_bytes > most_tag_bytes) throw Damage("its fields are too long for an ID3v2 tag");
    const std::string tail =
        std::string{static_cast<char>(version_), '\0', static_cast<char>(header_flags_)} + as_synchsafe(content_bytes);
    Pieces pieces;
    pieces.literal("ID3" + tail);
    pieces.append(content);
    pieces.literal(std::string(padding_bytes, '\0'));
    if (has_footer_) pieces.literal("3DI" + tail);
    return pieces;
}

}  // namespace earmark::metadata
