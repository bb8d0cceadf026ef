#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <vector>

#include "metadata/binary.h"
#include "metadata/layouts.h"
#include "metadata/mp4_boxes.h"
#include "metadata/text.h"

namespace earmark::metadata {
namespace {

// Boxes whose children are looked at. Of the others, the bytes are one field.
bool is_container(std::string_view path) {
    constexpr std::array<std::string_view, 8> containers{
        "/moov",      "/moov/trak",      "/moov/trak/mdia",     "/moov/trak/mdia/minf", "/moov/trak/mdia/minf/stbl",
        "/moov/udta", "/moov/udta/meta", "/moov/udta/meta/ilst"};
    return std::ranges::find(containers, path) != containers.end();
}

constexpr std::string_view list_path = "/moov/udta/meta/ilst";

bool is_padding(std::string_view path) {
    return path == "/free" || path == "/skip" || path == "/wide" || path == "/moov/udta/meta/free";
}

bool is_offsets(std::string_view path) { return path.ends_with("/stbl/stco") || path.ends_with("/stbl/co64"); }

// ISO/IEC 14496-12, and for the list of fields Apple's QuickTime File Format.
class Mp4 : public Layout {
public:
    explicit Mp4(const ByteSource& source) : source_(source) {
        std::uint64_t at = 0;
        while (source.size() - at >= 8) {
            const Mp4Box box = read_mp4_box(source, at, source.size(), "");
            top_.push_back(box);
            at = box.end();
        }
        rest_ = {at, source.size() - at};
        const auto is_movie = [](const Mp4Box& box) { return box.type == "moov"; };
        if (std::ranges::count_if(top_, is_movie) != 1) {
            reason_ = "it has no box 'moov', or several";
            return;
        }
        movie_ = *std::ranges::find_if(top_, is_movie);
        read_children(movie_);
        if (count_of("/moov/udta") > 1 || count_of("/moov/udta/meta") > 1 || count_of(list_path) > 1)
            reason_ = "it has several lists of fields";
    }

    FileFields fields() const override {
        FileFields fields;
        fields.format = "MP4";
        for (const Mp4Box& box : top_) {
            if (box.type == "mdat")
                fields.audio.push_back({box.body(), box.body_bytes()});
            else if (box.type == "moov")
                list(movie_, fields);
            else if (!is_padding(box.path))
                fields.fields.push_back({"MP4" + box.path, source_.read(box.body(), box.body_bytes()), {}});
        }
        if (rest_.length > 0)
            fields.fields.push_back({"MP4/after the boxes", source_.read(rest_.offset, rest_.length), {}});
        fields.reason_not_writable = reason_;
        return fields;
    }

    Pieces edited(const Edit& edit) const override {
        const std::optional<Mp4Box> padding = padding_box();
        // First without padding, to know the size.
        const std::uint64_t size = rebuilt(movie_, edit, {}, 0).size();
        const std::uint64_t fixed = size - (is_in_movie(padding) ? padding->size() : 0);
        const std::uint64_t old = movie_.size() - (is_in_movie(padding) ? padding->size() : 0);
        std::uint64_t padding_bytes = padding ? padding->size() : 0;
        std::uint64_t shift = fixed - old;  // modulo 2^64 where it is less
        const std::uint64_t room = padding_bytes - shift;
        if (padding && fixed <= old + padding_bytes && (room >= 8 || room == 0)) {
            padding_bytes = room;
            shift = 0;
        }
        if (!has_audio_after_movie()) shift = 0;
        if (shift != 0) check_that_audio_may_move();
        Pieces pieces;
        for (const Mp4Box& box : top_) {
            if (box.type == "moov")
                pieces.append(rebuilt(movie_, edit, padding_bytes, shift));
            else if (padding && !is_in_movie(padding) && box.offset == padding->offset)
                add_padding(pieces, box, padding_bytes);
            else
                pieces.copy(box.offset, box.size());
        }
        pieces.copy(rest_.offset, rest_.length);
        return pieces;
    }

private:
    void read_children(Mp4Box& box) {
        if (!is_container(box.path)) return;
        std::uint64_t at = box.body();
        // A box 'meta' has a version and flags, but not in QuickTime.
        if (box.type == "meta") {
            const std::string start = source_.read_at_most(at, 8);
            box.prefix_bytes = start.size() == 8 && start.substr(4) == "hdlr" ? 0 : 4;
            at += box.prefix_bytes;
        }
        while (at < box.end() && box.end() - at >= 8) {
            Mp4Box child = read_mp4_box(source_, at, box.end(), box.path);
            read_children(child);
            at = child.end();
            box.children.push_back(std::move(child));
        }
        // QuickTime ends lists with a zero of 32 bits.
        box.suffix = {std::min(at, box.end()), box.end() - std::min(at, box.end())};
        counts_.insert(box.path);
    }

    std::size_t count_of(std::string_view path) const { return counts_.count(std::string(path)); }

    void list(const Mp4Box& box, FileFields& fields) const {
        if (is_padding(box.path)) return;
        if (box.path.starts_with(list_path) && box.path != list_path) return list_item(box, fields);
        if (!is_container(box.path)) {
            std::string bytes = source_.read(box.body(), box.body_bytes());
            if (is_offsets(box.path)) bytes = relative_offsets(box.type, bytes);
            fields.fields.push_back({"MP4" + box.path, std::move(bytes), {}});
            return;
        }
        if (box.type == "meta" && box.prefix_bytes == 0)
            fields.reason_not_writable = "its list of fields is QuickTime's";
        for (const Mp4Box& child : box.children) list(child, fields);
        // A list that is not there has what a new one gets.
        const bool lacks_list = (box.path == "/moov" && count_of("/moov/udta") == 0) ||
                                (box.path == "/moov/udta" && count_of("/moov/udta/meta") == 0);
        if (lacks_list) fields.fields.push_back({"MP4/moov/udta/meta/hdlr", new_handler(), {}});
        if (box.suffix.length > 0)
            fields.fields.push_back(
                {"MP4" + box.path + "/end", source_.read(box.suffix.offset, box.suffix.length), {}});
    }

    void list_item(const Mp4Box& box, FileFields& fields) const {
        const Mp4Item item = parse_mp4_item(box.type, source_.read(box.body(), box.body_bytes()));
        fields.fields.push_back({"MP4" + std::string(list_path) + "/" + item.name, item.bytes, item.meaning});
        if (!item.meaning) return;
        Values& values = fields.values[*item.meaning];
        for (const std::string& value : item.values)
            if (!trimmed(value).empty()) values.push_back(value);
        if (values.empty()) fields.values.erase(*item.meaning);
    }

    // Each offset as the number of a box 'mdat' and a place in it.
    std::string relative_offsets(const std::string& type, const std::string& bytes) const {
        std::string result;
        for (const std::uint64_t offset : parse_mp4_offsets(type, bytes)) {
            std::uint64_t number = 0;
            std::uint64_t place = offset;
            for (std::size_t i = 0; i < top_.size(); ++i) {
                if (top_[i].type != "mdat" || offset < top_[i].offset || offset >= top_[i].end()) continue;
                number = i + 1;
                place = offset - top_[i].offset;
            }
            result += as_big_endian(number, 4) + as_big_endian(place, 8);
        }
        return result;
    }

    // In the list of fields, or right after 'moov'.
    std::optional<Mp4Box> padding_box() const {
        std::optional<Mp4Box> found;
        const auto look = [&](const auto& self, const Mp4Box& box) -> void {
            if (box.path == "/moov/udta/meta/free") found = box;
            for (const Mp4Box& child : box.children) self(self, child);
        };
        look(look, movie_);
        if (found) return found;
        for (std::size_t i = 0; i + 1 < top_.size(); ++i)
            if (top_[i].type == "moov" && top_[i + 1].type == "free" && top_[i + 1].header_bytes == 8)
                return top_[i + 1];
        return std::nullopt;
    }
    bool is_in_movie(const std::optional<Mp4Box>& padding) const {
        return padding && padding->offset >= movie_.offset && padding->offset < movie_.end();
    }

    static void add_padding(Pieces& pieces, const Mp4Box& box, std::uint64_t size) {
        if (size == box.size()) return pieces.copy(box.offset, box.size());
        if (size >= 8) pieces.literal(mp4_box("free", std::string(size - 8, '\0')));
    }

    void check_that_audio_may_move() const {
        const auto is_fragment = [](const Mp4Box& box) {
            return box.type == "moof" || box.type == "sidx" || box.type == "mfra";
        };
        if (std::ranges::any_of(top_, is_fragment)) throw Damage("it is in fragments, and has no padding before them");
    }

    bool has_audio_after_movie() const {
        return std::ranges::any_of(top_, [&](const Mp4Box& box) {
            return box.offset > movie_.offset && box.type != "free" && box.type != "skip";
        });
    }

    // The box with other fields. `padding_bytes`: of the padding in the list, with its header, if that is to be another
    // one; audio after 'moov' is `shift` bytes later.
    Pieces rebuilt(const Mp4Box& box, const Edit& edit, std::optional<std::uint64_t> padding_bytes,
                   std::uint64_t shift) const {
        Pieces pieces;
        if (box.path == "/moov/udta/meta/free") {
            add_padding(pieces, box, padding_bytes.value_or(box.size()));
            return pieces;
        }
        if (is_offsets(box.path) && shift != 0) {
            const std::string bytes = source_.read(box.body(), box.body_bytes());
            pieces.literal(mp4_box(box.type, moved_mp4_offsets(box.type, bytes, movie_.end(), shift)));
            return pieces;
        }
        if (!is_container(box.path)) {
            pieces.copy(box.offset, box.size());
            return pieces;
        }
        Pieces body;
        body.copy(box.body(), box.prefix_bytes);
        if (box.path == list_path)
            add_items(body, box, edit);
        else
            for (const Mp4Box& child : box.children) body.append(rebuilt(child, edit, padding_bytes, shift));
        if (const std::string missing = missing_child(box, edit); !missing.empty()) body.literal(missing);
        body.copy(box.suffix.offset, box.suffix.length);
        pieces.literal(mp4_box_header(box.type, body.size()));
        pieces.append(body);
        return pieces;
    }

    // What leads to the list of fields and is not there yet.
    std::string missing_child(const Mp4Box& box, const Edit& edit) const {
        const bool is_on_path = box.path == "/moov" || box.path == "/moov/udta" || box.path == "/moov/udta/meta";
        if (!is_on_path) return {};
        const std::string next = box.path == "/moov" ? "udta" : box.path == "/moov/udta" ? "meta" : "ilst";
        if (std::ranges::any_of(box.children, [&](const Mp4Box& child) { return child.type == next; })) return {};
        std::string items;
        for (const auto& [field, values] : edit.values) items += new_mp4_item(field, values);
        std::string missing = mp4_box("ilst", items);
        if (next != "ilst") {
            const std::string handler = mp4_box("hdlr", new_handler());
            missing = mp4_box("meta", std::string(4, '\0') + handler + missing);
        }
        return next == "udta" ? mp4_box("udta", missing) : missing;
    }

    static std::string new_handler() { return std::string(8, '\0') + "mdirappl" + std::string(9, '\0'); }

    void add_items(Pieces& pieces, const Mp4Box& list, const Edit& edit) const {
        std::set<TagField> placed;
        const auto place = [&](TagField field) {
            if (placed.insert(field).second) pieces.literal(new_mp4_item(field, edit.values.at(field)));
        };
        for (const Mp4Box& box : list.children) {
            const Mp4Item item = parse_mp4_item(box.type, source_.read(box.body(), box.body_bytes()));
            if (item.meaning && edit.values.contains(*item.meaning))
                place(*item.meaning);
            else
                pieces.copy(box.offset, box.size());
        }
        for (const auto& [field, values] : edit.values) place(field);
    }

    const ByteSource& source_;
    std::vector<Mp4Box> top_;
    Mp4Box movie_;
    Range rest_;
    std::string reason_;
    std::multiset<std::string> counts_;
};

}  // namespace

std::unique_ptr<Layout> read_mp4(const ByteSource& source) { return std::make_unique<Mp4>(source); }

}  // namespace earmark::metadata
