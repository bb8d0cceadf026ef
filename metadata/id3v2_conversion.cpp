#include "metadata/id3v2_conversion.h"

#include <algorithm>
#include <array>
#include <regex>
#include <set>

#include "metadata/id3v2_body.h"
#include "metadata/layout.h"
#include "metadata/text.h"

namespace earmark::metadata {
namespace {

const std::set<std::string, std::less<>>& frames_of_both() {
    static const std::set<std::string, std::less<>> ids{"APIC", "COMM", "COMR", "ETCO", "GEOB", "GRP1", "IPLS", "MCDI",
                                                        "MLLT", "MVIN", "MVNM", "NCON", "OWNE", "PCNT", "PCST", "POPM",
                                                        "PRIV", "SYLT", "SYTC", "UFID", "USER", "USLT"};
    return ids;
}

// What only one of them has, and the other has no frame for.
const std::set<std::string, std::less<>>& texts_without_place(int to_version) {
    static const std::set<std::string, std::less<>> in_3{"TDEN", "TDRL", "TDTG", "TMCL", "TPRO", "TSST"};
    static const std::set<std::string, std::less<>> in_4{"TRDA", "TSIZ"};
    return to_version == 3 ? in_3 : in_4;
}

bool has_place(const std::string& id, int to_version) {
    if (id[0] == 'T') return !texts_without_place(to_version).contains(id);
    return id[0] == 'W' || ('X' <= id[0] && id[0] <= 'Z') || frames_of_both().contains(id);
}

// Frames with the same content under another name: in version 3, in version 4.
constexpr std::array<std::array<const char*, 2>, 2> renamed{{{"TORY", "TDOR"}, {"IPLS", "TIPL"}}};

std::string name_in(const std::string& id, int version) {
    for (const auto& names : renamed)
        if (id == names[0] || id == names[1]) return names[version == 3 ? 0 : 1];
    return id;
}

[[noreturn]] void refuse(const std::string& id, const std::string& why) { throw Damage(id + " " + why); }

std::string text_of(const Id3Frame& frame) {
    const std::optional<Id3Body> body = read_id3_body(frame.id, frame.body);
    return body && body->texts.size() == 1 ? body->texts[0] : "";
}

bool is_digits(const std::string& text, std::size_t count) {
    return text.size() == count && text.find_first_not_of("0123456789") == std::string::npos;
}

// "2001-02-03T12:30", or its first part: of TYER, TDAT and TIME.
std::string date_of_parts(const std::string& year, const std::string& day, const std::string& time) {
    std::string date = year;
    if (!day.empty()) date += "-" + day.substr(2) + "-" + day.substr(0, 2);
    if (!time.empty()) date += "T" + time.substr(0, 2) + ":" + time.substr(2);
    return date;
}

Id3Frame text_frame(const std::string& id, const std::string& text) {
    return {id, std::string(2, '\0'), std::string(1, '\0') + text, {}, 0};
}

const Id3Frame* find(const std::vector<Id3Frame>& frames, const std::string& id) {
    const auto found = std::ranges::find(frames, id, &Id3Frame::id);
    return found == frames.end() ? nullptr : &*found;
}

bool is_date_part(const std::string& id) { return id == "TYER" || id == "TDAT" || id == "TIME"; }

Id3Frame date_frame(const std::vector<Id3Frame>& frames) {
    std::array<std::string, 3> parts;
    constexpr std::array ids{"TYER", "TDAT", "TIME"};
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const Id3Frame* const frame = find(frames, ids[i]);
        if (frame == nullptr) continue;
        parts[i] = text_of(*frame);
        const bool has_others =
            std::ranges::count(frames, ids[i], &Id3Frame::id) > 1 || (i > 0 && parts[i - 1].empty());
        if (has_others || !is_digits(parts[i], 4)) refuse(ids[i], "is no part of a date");
    }
    if (find(frames, "TDRC") != nullptr) refuse("TDRC", "is there as well as TYER");
    return text_frame("TDRC", date_of_parts(parts[0], parts[1], parts[2]));
}

std::vector<Id3Frame> date_parts(const std::vector<Id3Frame>& frames, const Id3Frame& frame) {
    static const std::regex date(R"((\d{4})(?:-(\d\d)-(\d\d)(?:T(\d\d):(\d\d))?)?)");
    const std::string text = text_of(frame);
    std::smatch parts;
    if (std::ranges::any_of(frames, is_date_part, &Id3Frame::id)) refuse("TDRC", "is there as well as TYER");
    if (!std::regex_match(text, parts, date)) refuse("TDRC", "has no exact form there");
    std::vector<Id3Frame> made{text_frame("TYER", parts[1])};
    if (parts[2].matched) made.push_back(text_frame("TDAT", parts[3].str() + parts[2].str()));
    if (parts[4].matched) made.push_back(text_frame("TIME", parts[4].str() + parts[5].str()));
    return made;
}

Id3Frame converted_frame(Id3Frame frame, int to_version) {
    const std::string from = frame.id;
    frame.id = name_in(frame.id, to_version);
    if (from == "CHAP" || from == "CTOC") refuse(from, "has frames of its own");
    if (!has_place(frame.id, to_version)) refuse(from, "has no place there");
    if (frame.id == (to_version == 3 ? "TORY" : "TDOR") && !is_digits(text_of(frame), 4))
        refuse(from, "is more than a year");
    // The first byte of flags is a bit further to the right in version 4; the second one has other flags.
    if (frame.flags[1] != '\0') refuse(from, "is stored in a way that has no place there");
    const auto status = static_cast<unsigned char>(frame.flags[0]);
    frame.flags[0] = static_cast<char>(to_version == 3 ? status << 1U : status >> 1U);
    frame.header_bytes = 0;
    if (to_version == 4 || !has_new_encoding(frame.id, frame.body)) return frame;
    const std::optional<Id3Body> body = read_id3_body(frame.id, frame.body);
    if (!body) refuse(from, "has a text in an encoding that has no place there");
    frame.body = id3_body_of_version_3(*body);
    frame.stored = {};
    return frame;
}

// Without the version in its name, its bytes by what they mean.
Field neutral(const Field& field) {
    constexpr std::string_view start = "ID3v2.";
    if (!field.name.starts_with(start) || field.bytes.size() < 2) return field;
    const bool is_3 = field.name[start.size()] == '3';
    const std::string name = field.name.substr(start.size() + 2);
    const std::string id = name.substr(0, 4);
    std::string flags = field.bytes.substr(0, 2);
    if (!is_3) flags[0] = static_cast<char>(static_cast<unsigned char>(flags[0]) << 1U);
    const std::string stored = field.bytes.substr(2);
    const std::optional<Id3Body> body = read_id3_body(id, stored);
    return {"ID3v2/" + name_in(id, 4) + name.substr(id.size()), flags + (body ? meaning_of(*body) : stored),
            field.meaning};
}

bool is_stored_by_values(const Field& field) { return field.meaning && *field.meaning != TagField::comment; }

std::string text_of(const Field& field) {
    return text_of(Id3Frame{field.name.substr(8), "", field.bytes.substr(2), {}, 0});
}

FileFields neutral(const FileFields& all) {
    FileFields fields;
    fields.format = all.format;
    std::array<std::string, 3> parts;
    std::optional<std::size_t> date;
    for (const Field& field : all.fields) {
        if (is_stored_by_values(field)) continue;
        const std::string id = field.name.starts_with("ID3v2.") ? field.name.substr(8) : "";
        if (!is_date_part(id) && id != "TDRC") {
            fields.fields.push_back(neutral(field));
            continue;
        }
        parts[id == "TDAT" ? 1 : id == "TIME" ? 2 : 0] = text_of(field);
        if (!date) {
            date = fields.fields.size();
            fields.fields.push_back({"ID3v2/TDRC", "", {}});
        }
    }
    if (date) fields.fields[*date].bytes = date_of_parts(parts[0], parts[1], parts[2]);
    return fields;
}

}  // namespace

std::vector<Id3Frame> converted_frames(const std::vector<Id3Frame>& frames, int to_version) {
    std::vector<Id3Frame> converted;
    bool has_date = false;
    for (const Id3Frame& frame : frames) {
        if (to_version == 3 && frame.id == "TMOO") continue;  // its values are written as those of a mood
        if (to_version == 3 && frame.id == "TDRC") {
            for (Id3Frame& part : date_parts(frames, frame)) converted.push_back(std::move(part));
        } else if (to_version == 4 && is_date_part(frame.id)) {
            if (!has_date) converted.push_back(date_frame(frames));
            has_date = true;
        } else {
            const std::string name = name_in(frame.id, to_version);
            if (name != frame.id && find(frames, name) != nullptr) refuse(frame.id, "is there as well as " + name);
            converted.push_back(converted_frame(frame, to_version));
        }
    }
    return converted;
}

std::optional<std::string> first_difference_but_for_id3_version(const FileFields& before, const FileFields& after,
                                                                const FieldValues& edited) {
    for (const FieldValues& all : {before.values, after.values})
        for (const auto& [field, values] : all) {
            const auto in = [field = field](const FileFields& fields) {
                const auto found = fields.values.find(field);
                return found == fields.values.end() ? Values{} : found->second;
            };
            if (field != TagField::comment && !edited.contains(field) && in(before) != in(after))
                return std::string(field_name(field)) + " differs";
        }
    return first_difference(neutral(before), neutral(after), edited);
}

}  // namespace earmark::metadata
