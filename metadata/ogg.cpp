#include <algorithm>
#include <array>
#include <utility>

#include "metadata/binary.h"
#include "metadata/layouts.h"
#include "metadata/ogg_pages.h"
#include "metadata/vorbis_comment.h"

namespace earmark::metadata {
namespace {

struct Codec {
    std::string_view format;
    std::string_view first_packet;        ///< how it begins
    std::string_view comment_packet;      ///< likewise, before the comments
    std::uint64_t more_before = 0;        ///< bytes between that and the comments
    std::size_t header_packet_count = 1;  ///< after the first one
};

constexpr std::array<Codec, 4> codecs{{{"Ogg Vorbis", "\x01vorbis", "\x03vorbis", 0, 2},
                                       {"Opus", "OpusHead", "OpusTags", 0, 1},
                                       {"Ogg FLAC",
                                        "\x7F"
                                        "FLAC",
                                        "", 4, 1},
                                       {"Speex", "Speex   ", "", 0, 1}}};

class Ogg : public Layout {
public:
    explicit Ogg(const ByteSource& source) : source_(source), pages_(read_ogg_pages(source)) {
        if (pages_.size() < 2) throw Damage("its second Ogg page ends after the file");
        first_page_ = source.read(pages_[0].body_offset(), pages_[0].body_bytes);
        const auto* codec =
            std::ranges::find_if(codecs, [&](const Codec& one) { return first_page_.starts_with(one.first_packet); });
        if (codec != codecs.end()) codec_ = codec;
        if (codec_ == nullptr)
            reason_ = "its Ogg stream is none of Vorbis, Opus, FLAC and Speex";
        else if ((pages_[1].flags & ogg_first) != 0 || pages_[1].serial != pages_[0].serial)
            reason_ = "it has several Ogg streams at a time";
        if (reason_.empty()) read_header_packets();
    }

    FileFields fields() const override {
        FileFields fields;
        fields.format = codec_ == nullptr ? "Ogg" : codec_->format;
        fields.reason_not_writable = reason_;
        fields.fields.push_back({"Ogg/first page", first_page_, {}});
        if (reason_.empty()) {
            fields.fields.push_back({"Ogg/before the comments", comment_start(), {}});
            comment_.list(fields);
            for (std::size_t i = 1; i < packets_.size(); ++i)
                fields.fields.push_back({"Ogg/header packet", packets_[i], {}});
        }
        std::string headers;
        for (std::size_t i = group_end_; i < pages_.size(); ++i) {
            const OggPage& page = pages_[i];
            headers += page.lacing + static_cast<char>(page.flags) + as_little_endian(page.granule_position, 8) +
                       as_little_endian(page.serial, 4) + as_little_endian(relative_number(page), 4);
            if (page.body_bytes > 0) fields.audio.push_back({page.body_offset(), page.body_bytes});
        }
        fields.fields.push_back({"Ogg/headers of pages", headers, {}});
        const std::uint64_t end = pages_.back().end();
        if (end < source_.size()) fields.audio.push_back({end, source_.size() - end});
        return fields;
    }

    Pieces edited(const Edit& edit) const override {
        std::vector<std::string> packets = packets_;
        packets[0] = comment_start() + comment_.edited(edit);
        if (codec_->format == "Ogg FLAC") {
            const std::uint64_t size = packets[0].size() - 4;
            if (size > 0xFFFFFF) throw Damage("its fields are too long for a FLAC block");
            packets[0].replace(1, 3, as_big_endian(size, 3));
        }
        const bool is_end = (pages_[group_end_ - 1].flags & ogg_last) != 0;
        std::uint64_t page_count = 0;
        Pieces pieces;
        pieces.copy(0, pages_[1].offset);
        pieces.literal(lace_packets(packets, pages_[1].serial, pages_[1].number, is_end, page_count));
        add_later_pages(pieces, page_count - (group_end_ - 1));
        return pieces;
    }

private:
    // Of the pages after the header, by which they differ from it.
    std::uint64_t relative_number(const OggPage& page) const {
        return page.serial == pages_[0].serial && group_end_ > 0 ? page.number - pages_[group_end_ - 1].number
                                                                 : page.number;
    }

    // The comments, and what shares pages with them: up to the first page that ends with a packet.
    void read_header_packets() {
        std::string packet;
        for (group_end_ = 1; group_end_ < pages_.size(); ++group_end_) {
            const OggPage& page = pages_[group_end_];
            if (page.serial != pages_[0].serial) throw Damage("its comments are between pages of another stream");
            const std::string body = source_.read(page.body_offset(), page.body_bytes);
            std::size_t at = 0;
            for (const char size : page.lacing) {
                packet += body.substr(at, static_cast<unsigned char>(size));
                at += static_cast<unsigned char>(size);
                if (size != '\xFF') packets_.push_back(std::exchange(packet, {}));
            }
            if (page.granule_position != 0 && page.granule_position != ~std::uint64_t{0})
                reason_ = "its comments are in one page with audio";
            if (!page.is_unfinished() && packets_.size() >= codec_->header_packet_count) break;
        }
        if (group_end_ == pages_.size() || packets_.empty()) throw Damage("its comments end after the file");
        ++group_end_;
        if (!packets_[0].starts_with(codec_->comment_packet)) throw Damage("its second packet has no comments");
        comment_ =
            VorbisComment::parse(std::string_view(packets_[0]).substr(std::min(packets_[0].size(), start_bytes())));
    }

    std::size_t start_bytes() const { return codec_->comment_packet.size() + codec_->more_before; }

    // The size of a block of FLAC changes with the comments.
    std::string comment_start() const {
        std::string start = packets_[0].substr(0, start_bytes());
        if (codec_->format == "Ogg FLAC") start.replace(1, start.size() - 1, "\0\0\0", 3);
        return start;
    }

    // Those of the stream with other numbers when the header has more or fewer pages than before.
    void add_later_pages(Pieces& pieces, std::uint64_t added_count) const {
        const std::uint64_t start = pages_[group_end_ - 1].end();
        if (added_count == 0) return pieces.copy(start, source_.size() - start);
        bool is_over = false;
        for (std::size_t i = group_end_; i < pages_.size(); ++i) {
            OggPage page = pages_[i];
            is_over = is_over || (page.flags & ogg_first) != 0;
            if (is_over || page.serial != pages_[0].serial) {
                pieces.copy(page.offset, page.end() - page.offset);
                continue;
            }
            page.number = (page.number + added_count) & 0xFFFFFFFFU;
            pieces.literal(page.header(source_.read(page.body_offset(), page.body_bytes)));
            pieces.copy(page.body_offset(), page.body_bytes);
            is_over = (page.flags & ogg_last) != 0;
        }
        const std::uint64_t end = pages_.back().end();
        if (source_.read(end, source_.size() - end).find("OggS") != std::string::npos)
            throw Damage("it has bytes between its Ogg pages");
        pieces.copy(end, source_.size() - end);
    }

    const ByteSource& source_;
    std::vector<OggPage> pages_;
    std::string first_page_;
    const Codec* codec_ = nullptr;
    std::string reason_;
    std::vector<std::string> packets_;  ///< of the pages from 1 to group_end_; the comments are in the first
    std::size_t group_end_ = 1;
    VorbisComment comment_;
};

}  // namespace

std::unique_ptr<Layout> read_ogg(const ByteSource& source) { return std::make_unique<Ogg>(source); }

}  // namespace earmark::metadata
