#include "decode/mpeg_start.h"

#include <algorithm>
#include <utility>

#include "decode/read_bytes.h"

namespace earmark::decode {
namespace {

constexpr std::size_t tag_header_bytes = 10;
constexpr std::byte sync{0xff};
// What a pipe gives is kept in memory meanwhile; cover pictures are smaller.
constexpr std::size_t greatest_tag_in_pipe_bytes = std::size_t{4} << 20;

std::size_t id3_tag_bytes(const std::vector<std::byte>& bytes) {
    if (bytes.size() < tag_header_bytes) return 0;
    if (!has_text(bytes, 0, "ID3")) return 0;
    std::size_t size_bytes = 0;
    constexpr std::byte seven_bits{0x7f};
    for (std::size_t i = 6; i < tag_header_bytes; ++i) {
        size_bytes = size_bytes << 7U | std::to_integer<std::size_t>(bytes[i] & seven_bits);
    }
    constexpr std::byte footer{0x10};
    return (bytes[5] & footer) == footer ? size_bytes + 2 * tag_header_bytes : size_bytes + tag_header_bytes;
}

class ReplayedSource final : public ByteSource {
public:
    ReplayedSource(std::vector<std::byte> head, std::unique_ptr<ByteSource> rest)
        : head_(std::move(head)), rest_(std::move(rest)) {}

    std::ptrdiff_t read(std::span<std::byte> buffer) noexcept override {
        if (position_ == head_.size()) return rest_->read(buffer);
        const std::size_t count = std::min(buffer.size(), head_.size() - position_);
        std::copy_n(head_.begin() + static_cast<std::ptrdiff_t>(position_), count, buffer.begin());
        position_ += count;
        return static_cast<std::ptrdiff_t>(count);
    }

    bool seek(std::int64_t) noexcept override { return false; }
    std::optional<std::int64_t> size_bytes() const noexcept override { return std::nullopt; }

private:
    std::vector<std::byte> head_;
    std::unique_ptr<ByteSource> rest_;
    std::size_t position_ = 0;
};

std::vector<std::byte> read_start_of_file(ByteSource& source, std::size_t size_bytes) {
    const std::size_t tag_bytes = id3_tag_bytes(read_at(source, 0, tag_header_bytes));
    std::vector<std::byte> bytes = read_at(source, static_cast<std::int64_t>(tag_bytes), 1);
    if (!bytes.empty() && bytes.front() == sync) read_until(bytes, source, size_bytes);
    source.seek(0);
    return bytes;
}

std::vector<std::byte> read_start_of_pipe(std::unique_ptr<ByteSource>& source, std::size_t size_bytes) {
    std::vector<std::byte> head;
    read_until(head, *source, tag_header_bytes);
    const std::size_t tag_bytes = id3_tag_bytes(head);
    const bool expected = !head.empty() && (tag_bytes > 0 || head.front() == sync);
    if (expected && tag_bytes <= greatest_tag_in_pipe_bytes) read_until(head, *source, tag_bytes + size_bytes);
    std::vector<std::byte> start(head.begin() + static_cast<std::ptrdiff_t>(std::min(tag_bytes, head.size())),
                                 head.end());
    source = std::make_unique<ReplayedSource>(std::move(head), std::move(source));
    return start;
}

}  // namespace

std::vector<std::byte> read_mpeg_start(std::unique_ptr<ByteSource>& source, std::size_t size_bytes) {
    std::vector<std::byte> start =
        source->size_bytes() ? read_start_of_file(*source, size_bytes) : read_start_of_pipe(source, size_bytes);
    if (start.empty() || start.front() != sync) start.clear();
    return start;
}

}  // namespace earmark::decode
