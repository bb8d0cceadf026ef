#include <algorithm>
#include <optional>
#include <vector>

#include "metadata/binary.h"
#include "metadata/id3v2.h"
#include "metadata/layouts.h"
#include "metadata/riff_info.h"
#include "metadata/text.h"

namespace earmark::metadata {
namespace {

constexpr std::uint64_t chunk_header_bytes = 8;
constexpr std::uint64_t unknown_size = 0xFFFFFFFF;

struct Chunk {
    std::string id;
    std::uint64_t offset = 0;
    std::uint64_t size = 0;  ///< of the body

    std::uint64_t body() const noexcept { return offset + chunk_header_bytes; }
};

// RIFF, its two 64-bit forms, and AIFF's FORM, which differs in the order of bytes.
class Riff : public Layout {
public:
    explicit Riff(const ByteSource& source) : source_(source) {
        const std::string header = source.read(0, 12);
        id_ = header.substr(0, 4);
        is_big_endian_ = id_ == "FORM";
        end_ = number(header, 4) + chunk_header_bytes;
        if (is_64_bit()) end_ = little_endian(source.read(12 + chunk_header_bytes, 8), 0, 8) + chunk_header_bytes;
        // What streams write that cannot go back to the header.
        if (end_ > source.size() || end_ < 12) {
            reason_ = "its header gives another size than the file has";
            end_ = source.size();
        }
        read_chunks();
    }

    FileFields fields() const override {
        FileFields fields;
        fields.format = is_big_endian_ ? "AIFF" : "WAV";
        for (const Chunk& chunk : chunks_) {
            if (is_audio(chunk)) {
                fields.audio.push_back({chunk.body(), chunk.size});
                continue;
            }
            if (is_id3(chunk) && tag_ && &chunk == id3_chunk()) {
                tag_->list(fields);
                continue;
            }
            if (const std::vector<InfoEntry> entries = entries_of(chunk); !entries.empty()) {
                list_info(entries, source_, fields);
                continue;
            }
            std::string body = source_.read(chunk.body(), chunk.size);
            if (chunk.id == "ds64") body.erase(0, 8);
            fields.fields.push_back({"RIFF/" + latin1_to_utf8(chunk.id), body, {}});
        }
        if (end_ < source_.size()) fields.audio.push_back({end_, source_.size() - end_});
        if (!reason_.empty()) fields.reason_not_writable = reason_;
        return fields;
    }

    Pieces edited(const Edit& edit) const override {
        Pieces chunks;
        std::uint64_t at = after_size();
        const auto copy_to = [&](std::uint64_t offset) {
            chunks.copy(at, offset - at);
            at = offset;
        };
        for (const Chunk& chunk : chunks_) {
            const bool is_tag = &chunk == id3_chunk();
            const std::vector<InfoEntry> entries = entries_of(chunk);
            if (!is_tag && !concerns(edit, entries)) continue;
            copy_to(chunk.offset);
            const Pieces body = is_tag ? edited_tag(edit) : edited_info(entries, edit);
            if (body.size() > 0) add_chunk(chunks, chunk.id, body);
            at = end_of(chunk);
        }
        copy_to(end_);
        if (id3_chunk() == nullptr) {
            if ((after_size() + chunks.size()) % 2 != 0) chunks.literal(std::string(1, '\0'));
            add_chunk(chunks, is_big_endian_ ? "ID3 " : "id3 ", edited_tag(edit));
        }
        Pieces pieces;
        add_size(pieces, after_size() + chunks.size() - chunk_header_bytes);
        pieces.append(chunks);
        pieces.copy(end_, source_.size() - end_);
        return pieces;
    }

private:
    bool is_64_bit() const { return id_ == "RF64" || id_ == "BW64"; }

    std::uint64_t number(std::string_view bytes, std::size_t at) const {
        return is_big_endian_ ? big_endian(bytes, at, 4) : little_endian(bytes, at, 4);
    }
    std::string bytes_of(std::uint64_t size) const {
        if (size >= unknown_size) throw Damage("it would be larger than its format allows");
        return is_big_endian_ ? as_big_endian(size, 4) : as_little_endian(size, 4);
    }

    static bool is_id3(const Chunk& chunk) { return chunk.id == "ID3 " || chunk.id == "id3 "; }
    bool is_audio(const Chunk& chunk) const { return chunk.id == (is_big_endian_ ? "SSND" : "data"); }
    // With the byte that makes it even.
    std::uint64_t end_of(const Chunk& chunk) const {
        return std::min(end_, chunk.body() + chunk.size + chunk.size % 2);
    }

    void read_chunks() {
        for (std::uint64_t at = 12; at + chunk_header_bytes <= end_;) {
            const std::string header = source_.read(at, chunk_header_bytes);
            Chunk chunk{header.substr(0, 4), at, number(header, 4)};
            if (is_64_bit() && is_audio(chunk) && chunk.size == unknown_size)
                chunk.size = little_endian(source_.read(12 + chunk_header_bytes + 8, 8), 0, 8);
            if (chunk.size > end_ - chunk.body()) {
                reason_ = "its chunk '" + latin1_to_utf8(chunk.id) + "' ends after the file";
                chunk.size = end_ - chunk.body();
            }
            at = end_of(chunk);
            chunks_.push_back(chunk);
        }
        if (is_64_bit() && (chunks_.empty() || chunks_[0].id != "ds64" || chunks_[0].size < 24))
            reason_ = "its first chunk is no 'ds64'";
        if (const Chunk* chunk = id3_chunk()) {
            tag_ = Id3Tag::parse(source_, chunk->body());
            if (!tag_ || tag_->size() > chunk->size) reason_ = "its chunk of ID3v2 has no whole tag";
            if (reason_.empty() && tag_->size() < chunk->size) reason_ = "its chunk of ID3v2 has bytes after the tag";
        }
        const auto count = std::ranges::count_if(chunks_, is_id3);
        if (count > 1) reason_ = "it has several chunks of ID3v2";
    }

    const Chunk* id3_chunk() const {
        const auto chunk = std::ranges::find_if(chunks_, is_id3);
        return chunk == chunks_.end() ? nullptr : &*chunk;
    }

    // None in another chunk.
    std::vector<InfoEntry> entries_of(const Chunk& chunk) const {
        if (chunk.id != "LIST" || is_big_endian_ || source_.read_at_most(chunk.body(), 4) != "INFO") return {};
        return info_entries(source_.read(chunk.body(), chunk.size), chunk.body());
    }

    // From here on the size of the whole is not stated.
    std::uint64_t after_size() const { return is_64_bit() ? 12 + chunk_header_bytes + 8 : 8; }

    void add_size(Pieces& pieces, std::uint64_t size) const {
        const std::uint64_t size_bytes = is_64_bit() ? 8 : 4;
        pieces.copy(0, after_size() - size_bytes);
        pieces.literal(is_64_bit() ? as_little_endian(size, 8) : bytes_of(size));
    }

    void add_chunk(Pieces& pieces, const std::string& id, const Pieces& body) const {
        pieces.literal(id + bytes_of(body.size()));
        pieces.append(body);
        if (body.size() % 2 != 0) pieces.literal(std::string(1, '\0'));
    }

    Pieces edited_tag(const Edit& edit) const {
        return tag_.value_or(Id3Tag(edit.new_id3_version)).edited(edit, padding_at_end);
    }

    const ByteSource& source_;
    std::string id_;
    bool is_big_endian_ = false;
    std::uint64_t end_ = 0;  ///< of the chunks; what follows is none of the format
    std::vector<Chunk> chunks_;
    std::optional<Id3Tag> tag_;
    std::string reason_;
};

}  // namespace

std::unique_ptr<Layout> read_riff(const ByteSource& source) { return std::make_unique<Riff>(source); }

}  // namespace earmark::metadata
