#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "metadata/binary.h"
#include "metadata/layouts.h"
#include "metadata/vorbis_comment.h"

namespace earmark::metadata {
namespace {

constexpr std::uint64_t most_block_bytes = 0xFFFFFF;
constexpr std::uint64_t block_header_bytes = 4;
constexpr std::uint64_t new_padding_bytes = 4'096;

enum BlockType : int { stream_info = 0, padding = 1, vorbis_comment = 4 };

struct Block {
    int type = 0;
    Range body;
};

std::string block_header(int type, bool is_last, std::uint64_t size) {
    if (size > most_block_bytes) throw Damage("its fields are too long for a FLAC block");
    return std::string(1, static_cast<char>(type | (is_last ? 0x80 : 0))) + as_big_endian(size, 3);
}

// https://www.rfc-editor.org/rfc/rfc9639 section 8.
class Flac : public Layout {
public:
    Flac(const ByteSource& source, std::uint64_t offset) : source_(source), start_(offset), audio_(offset + 4) {
        for (bool is_last = false; !is_last;) {
            const std::string header = source.read(audio_, block_header_bytes);
            is_last = (header[0] & 0x80) != 0;
            const Block block{header[0] & 0x7F, {audio_ + block_header_bytes, big_endian(header, 1, 3)}};
            audio_ = block.body.offset + block.body.length;
            if (audio_ > source.size()) throw Damage("a FLAC block ends after the file");
            if (block.type == vorbis_comment) ++comment_count_;
            if (block.type == vorbis_comment && comment_count_ == 1)
                comment_ = VorbisComment::parse(source.read(block.body.offset, block.body.length));
            blocks_.push_back(block);
        }
        if (blocks_.front().type != stream_info) throw Damage("its first FLAC block is no STREAMINFO");
    }

    FileFields fields() const override {
        FileFields fields;
        fields.format = "FLAC";
        if (comment_count_ > 1) fields.reason_not_writable = "it has several blocks of comments";
        if (start_ > 0) fields.fields.push_back({"ID3v2 before the audio", source_.read(0, start_), {}});
        for (const Block& block : blocks_) {
            if (block.type == padding) continue;
            if (block.type == vorbis_comment && comment_count_ == 1)
                comment_->list(fields);
            else
                fields.fields.push_back({"FLAC/block " + std::to_string(block.type),
                                         source_.read(block.body.offset, block.body.length),
                                         {}});
        }
        // A file without comments gets them with an empty vendor.
        if (comment_count_ == 0) VorbisComment().list(fields);
        fields.audio = {{audio_, source_.size() - audio_}};
        return fields;
    }

    Pieces edited(const Edit& edit) const override {
        const std::string comment = comment_.value_or(VorbisComment()).edited(edit);
        const std::uint64_t old_size = audio_ - start_;
        std::uint64_t fixed_size = 4 + block_header_bytes + comment.size();
        bool has_padding = false;
        for (const Block& block : blocks_) {
            if (block.type == padding) has_padding = true;
            if (block.type != padding && block.type != vorbis_comment)
                fixed_size += block_header_bytes + block.body.length;
        }
        Pieces pieces;
        pieces.copy(0, start_ + 4);
        add_blocks(pieces, comment, has_padding);
        if (has_padding) add_padding(pieces, old_size, fixed_size);
        pieces.copy(audio_, source_.size() - audio_);
        return pieces;
    }

private:
    // All but padding, with the comments where they were, else second.
    void add_blocks(Pieces& pieces, const std::string& comment, bool is_followed) const {
        std::vector<const Block*> order;
        for (const Block& block : blocks_) {
            if (block.type == padding) continue;
            order.push_back(&block);
            if (order.size() == 1 && comment_count_ == 0) order.push_back(nullptr);
        }
        for (const Block*& block : order) {
            const bool is_last = !is_followed && &block == &order.back();
            if (block == nullptr || block->type == vorbis_comment) {
                pieces.literal(block_header(vorbis_comment, is_last, comment.size()));
                pieces.literal(comment);
            } else {
                pieces.literal(block_header(block->type, is_last, block->body.length));
                pieces.copy(block->body.offset, block->body.length);
            }
        }
    }

    // One block in place of all, of the size that keeps the audio where it is, if there is one.
    static void add_padding(Pieces& pieces, std::uint64_t old_size, std::uint64_t fixed_size) {
        std::uint64_t size = new_padding_bytes;
        if (old_size >= fixed_size + block_header_bytes) size = old_size - fixed_size - block_header_bytes;
        while (size > most_block_bytes) {
            const std::uint64_t part = std::min(most_block_bytes, size - block_header_bytes);
            pieces.literal(block_header(padding, false, part) + std::string(part, '\0'));
            size -= part + block_header_bytes;
        }
        pieces.literal(block_header(padding, true, size) + std::string(size, '\0'));
    }

    const ByteSource& source_;
    std::uint64_t start_;
    std::uint64_t audio_;  ///< where it begins
    std::vector<Block> blocks_;
    std::size_t comment_count_ = 0;
    std::optional<VorbisComment> comment_;
};

}  // namespace

std::unique_ptr<Layout> read_flac(const ByteSource& source, std::uint64_t offset) {
    return std::make_unique<Flac>(source, offset);
}

}  // namespace earmark::metadata
