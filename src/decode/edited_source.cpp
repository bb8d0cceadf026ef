#include "decode/edited_source.h"

#include <algorithm>
#include <utility>

#include "decode/read_bytes.h"

namespace earmark::decode {
namespace {

class EditedSource final : public ByteSource {
public:
    EditedSource(std::unique_ptr<ByteSource> source, Edit edit) : source_(std::move(source)), edit_(std::move(edit)) {
        seek(0);
    }

    std::ptrdiff_t read(std::span<std::byte> buffer) noexcept override {
        const std::ptrdiff_t count = source_->read(buffer);
        if (count <= 0) return count;
        apply_patches(buffer.first(static_cast<std::size_t>(count)));
        position_ += count;
        return count;
    }

    bool seek(std::int64_t offset_bytes) noexcept override {
        if (offset_bytes < 0 || !source_->seek(offset_bytes + edit_.begin_bytes)) return false;
        position_ = offset_bytes + edit_.begin_bytes;
        return true;
    }

    std::optional<std::int64_t> size_bytes() const noexcept override {
        return std::max<std::int64_t>(0, source_->size_bytes().value_or(0) - edit_.begin_bytes);
    }

private:
    void apply_patches(std::span<std::byte> read) const noexcept {
        const auto read_end = position_ + static_cast<std::int64_t>(read.size());
        auto patch = std::ranges::partition_point(edit_.patches, [&](const Patch& one) {
            return one.offset_bytes + static_cast<std::int64_t>(one.bytes.size()) <= position_;
        });
        for (; patch != edit_.patches.end() && patch->offset_bytes < read_end; ++patch) apply(*patch, read);
    }

    void apply(const Patch& patch, std::span<std::byte> read) const noexcept {
        const auto patch_end = patch.offset_bytes + static_cast<std::int64_t>(patch.bytes.size());
        const std::int64_t begin = std::max(patch.offset_bytes, position_);
        const std::int64_t end = std::min(patch_end, position_ + static_cast<std::int64_t>(read.size()));
        if (begin < end)
            std::copy_n(patch.bytes.begin() + (begin - patch.offset_bytes), end - begin,
                        read.begin() + (begin - position_));
    }

    std::unique_ptr<ByteSource> source_;
    Edit edit_;
    std::int64_t position_ = 0;  ///< in the source
};

class PrecededSource final : public ByteSource {
public:
    PrecededSource(std::vector<std::byte> bytes, std::unique_ptr<ByteSource> source)
        : bytes_(std::move(bytes)), source_(std::move(source)) {}

    std::ptrdiff_t read(std::span<std::byte> buffer) noexcept override {
        if (given_count_ == bytes_.size()) return source_->read(buffer);
        const std::size_t count = std::min(buffer.size(), bytes_.size() - given_count_);
        std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(given_count_), count, buffer.begin());
        given_count_ += count;
        if (given_count_ == bytes_.size()) {
            bytes_ = {};
            given_count_ = 0;
        }
        return static_cast<std::ptrdiff_t>(count);
    }

    bool seek(std::int64_t) noexcept override { return false; }
    std::optional<std::int64_t> size_bytes() const noexcept override { return std::nullopt; }

private:
    std::vector<std::byte> bytes_;
    std::size_t given_count_ = 0;
    std::unique_ptr<ByteSource> source_;
};

}  // namespace

void Edit::write(std::int64_t offset_bytes, std::string_view letters) {
    const auto bytes = std::as_bytes(std::span(letters));
    patches.push_back({offset_bytes, {bytes.begin(), bytes.end()}});
}

std::unique_ptr<ByteSource> edited(std::unique_ptr<ByteSource> source, Edit edit) {
    return std::make_unique<EditedSource>(std::move(source), std::move(edit));
}

std::unique_ptr<ByteSource> preceded(std::vector<std::byte> bytes, std::unique_ptr<ByteSource> source) {
    return std::make_unique<PrecededSource>(std::move(bytes), std::move(source));
}

std::unique_ptr<ByteSource> with_edited_start(std::unique_ptr<ByteSource> source,
                                              const std::function<void(HeaderBytes&, Edit&)>& look) {
    std::vector<std::byte> start;
    read_until(start, *source, start_of_pipe_bytes);
    const auto memory = open_memory(start);
    HeaderBytes bytes(*memory);
    Edit edit;
    look(bytes, edit);
    for (const Patch& patch : edit.patches) {
        const auto place = std::min(static_cast<std::size_t>(patch.offset_bytes), start.size());
        const std::size_t count = std::min(patch.bytes.size(), start.size() - place);
        std::copy_n(patch.bytes.begin(), count, start.begin() + static_cast<std::ptrdiff_t>(place));
    }
    for (; !edit.left_out.empty(); edit.left_out.pop_back()) {
        const Range& last = edit.left_out.back();
        start.erase(start.begin() + last.begin_bytes, start.begin() + last.end_bytes);
    }
    return preceded(std::move(start), std::move(source));
}

}  // namespace earmark::decode
