#include "metadata/binary.h"
#include "metadata/id3v2.h"
#include "metadata/layouts.h"

namespace earmark::metadata {
namespace {

constexpr std::uint64_t header_bytes = 28;

// DSF File Format Specification 1.01, Sony.
class Dsf : public Layout {
public:
    explicit Dsf(const ByteSource& source) : source_(source) {
        const std::string header = source.read(0, header_bytes);
        const std::uint64_t file_bytes = little_endian(header, 12, 8);
        const std::uint64_t tag_at = little_endian(header, 20, 8);
        audio_end_ = tag_at == 0 ? source.size() : tag_at;
        if (file_bytes != source.size()) reason_ = "its header gives another size than the file has";
        if (audio_end_ < header_bytes || audio_end_ > source.size()) throw Damage("its tag is outside of the file");
        tag_ = Id3Tag::parse(source, audio_end_);
        if (!tag_ && audio_end_ < source.size()) reason_ = "where its tag should be is none";
    }

    FileFields fields() const override {
        FileFields fields;
        fields.format = "DSF";
        fields.audio = {{header_bytes, audio_end_ - header_bytes}};
        if (tag_) tag_->list(fields);
        const std::uint64_t end = audio_end_ + (tag_ ? tag_->size() : 0);
        if (end < source_.size())
            fields.fields.push_back({"DSF/after the tag", source_.read(end, source_.size() - end), {}});
        if (!reason_.empty()) fields.reason_not_writable = reason_;
        return fields;
    }

    Pieces edited(const Edit& edit) const override {
        const Pieces tag = tag_.value_or(Id3Tag(edit.new_id3_version)).edited(edit, padding_at_end);
        const std::uint64_t rest_at = audio_end_ + (tag_ ? tag_->size() : 0);
        const std::uint64_t rest_bytes = source_.size() - rest_at;
        Pieces pieces;
        pieces.copy(0, 12);
        pieces.literal(as_little_endian(audio_end_ + tag.size() + rest_bytes, 8) + as_little_endian(audio_end_, 8));
        pieces.copy(header_bytes, audio_end_ - header_bytes);
        pieces.append(tag);
        pieces.copy(rest_at, rest_bytes);
        return pieces;
    }

private:
    const ByteSource& source_;
    std::uint64_t audio_end_ = 0;
    std::optional<Id3Tag> tag_;
    std::string reason_;
};

}  // namespace

std::unique_ptr<Layout> read_dsf(const ByteSource& source) { return std::make_unique<Dsf>(source); }

}  // namespace earmark::metadata
