#include "metadata/file_end.h"
#include "metadata/id3v2.h"
#include "metadata/layouts.h"

namespace earmark::metadata {
namespace {

constexpr Id3Padding padding{1'024, 0};

class LeadingId3 : public Layout {
public:
    LeadingId3(const ByteSource& source, std::string format)
        : source_(source),
          format_(std::move(format)),
          tag_(Id3Tag::parse(source, 0)),
          end_(FileEnd::read(source, tag_ ? tag_->size() : 0)) {}

    FileFields fields() const override {
        FileFields fields;
        fields.format = format_;
        if (tag_) tag_->list(fields);
        const std::uint64_t start = tag_ ? tag_->size() : 0;
        fields.audio = {{start, end_.audio_end - start}};
        if (end_.ape) end_.ape->list(fields, false);
        list_file_end(end_, source_, fields);
        return fields;
    }

    Pieces edited(const Edit& edit) const override {
        Pieces pieces = tag_.value_or(Id3Tag(edit.new_id3_version)).edited(edit, padding);
        const std::uint64_t start = tag_ ? tag_->size() : 0;
        pieces.copy(start, end_.audio_end - start);
        if (end_.ape) pieces.append(end_.ape->edited_where_it_has(edit));
        pieces.append(edited_file_end(end_, source_, edit));
        return pieces;
    }

private:
    const ByteSource& source_;
    std::string format_;
    std::optional<Id3Tag> tag_;
    FileEnd end_;
};

}  // namespace

std::unique_ptr<Layout> read_leading_id3(const ByteSource& source, std::string format) {
    return std::make_unique<LeadingId3>(source, std::move(format));
}

}  // namespace earmark::metadata
