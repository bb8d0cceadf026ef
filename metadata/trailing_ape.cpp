#include "metadata/file_end.h"
#include "metadata/id3v2.h"
#include "metadata/layouts.h"

namespace earmark::metadata {
namespace {

class TrailingApe : public Layout {
public:
    TrailingApe(const ByteSource& source, std::string format)
        : source_(source),
          format_(std::move(format)),
          leading_(Id3Tag::parse(source, 0)),
          end_(FileEnd::read(source, start())) {}

    FileFields fields() const override {
        FileFields fields;
        fields.format = format_;
        if (leading_) fields.fields.push_back({"ID3v2 before the audio", source_.read(0, start()), {}});
        fields.audio = {{start(), end_.audio_end - start()}};
        if (end_.ape) end_.ape->list(fields, true);
        list_file_end(end_, source_, fields);
        return fields;
    }

    Pieces edited(const Edit& edit) const override {
        Pieces pieces;
        pieces.copy(0, end_.audio_end);
        pieces.append(end_.ape.value_or(ApeTag()).edited(edit));
        pieces.append(edited_file_end(end_, source_, edit));
        return pieces;
    }

private:
    std::uint64_t start() const { return leading_ ? leading_->size() : 0; }

    const ByteSource& source_;
    std::string format_;
    std::optional<Id3Tag> leading_;
    FileEnd end_;
};

}  // namespace

std::unique_ptr<Layout> read_trailing_ape(const ByteSource& source, std::string format) {
    return std::make_unique<TrailingApe>(source, std::move(format));
}

}  // namespace earmark::metadata
