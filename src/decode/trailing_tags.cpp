#include "decode/trailing_tags.h"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>
#include <vector>

#include "decode/read_bytes.h"

namespace earmark::decode {
namespace {

constexpr std::size_t id3v1_bytes = 128;
constexpr std::size_t ape_footer_bytes = 32;
constexpr std::size_t lyrics_footer_bytes = 15;  // six digits and "LYRICS200"

// Each format appears once; a file that claims more is not worth the reading.
constexpr int most_trailing_tags = 4;

std::int64_t ape_tag_bytes(std::span<const std::byte> footer) {
    if (!has_text(footer, 0, "APETAGEX")) return 0;
    constexpr std::uint64_t has_header = 0x80000000U;
    const auto size_bytes = static_cast<std::int64_t>(little_endian(footer, 12, 4));  // without the header
    return size_bytes + ((little_endian(footer, 20, 4) & has_header) != 0 ? ape_footer_bytes : 0);
}

std::int64_t lyrics_tag_bytes(std::span<const std::byte> footer) {
    if (!has_text(footer, 6, "LYRICS200")) return 0;
    const auto* const digits = reinterpret_cast<const char*>(footer.data());
    std::int64_t size_bytes = 0;  // without the footer
    const auto result = std::from_chars(digits, digits + 6, size_bytes);
    return result.ptr == digits + 6 && size_bytes >= 0 ? size_bytes + lyrics_footer_bytes : 0;
}

/// How long the tag is that ends where `tail` ends.
std::int64_t tag_bytes(std::span<const std::byte> tail) {
    // First, since an APEv2 tag may have "TAG" in any place.
    if (tail.size() >= ape_footer_bytes && has_text(tail.last(ape_footer_bytes), 0, "APETAGEX")) {
        return ape_tag_bytes(tail.last(ape_footer_bytes));
    }
    if (tail.size() >= id3v1_bytes && has_text(tail.last(id3v1_bytes), 0, "TAG")) return id3v1_bytes;
    return tail.size() >= lyrics_footer_bytes ? lyrics_tag_bytes(tail.last(lyrics_footer_bytes)) : 0;
}

class EndingSource final : public ByteSource {
public:
    EndingSource(std::unique_ptr<ByteSource> source, std::int64_t end_bytes)
        : source_(std::move(source)), end_bytes_(end_bytes) {}

    std::ptrdiff_t read(std::span<std::byte> buffer) noexcept override {
        const std::int64_t left = std::max<std::int64_t>(0, end_bytes_ - position_);
        const auto most = static_cast<std::size_t>(std::min(left, static_cast<std::int64_t>(buffer.size())));
        const std::ptrdiff_t count = most == 0 ? 0 : source_->read(buffer.first(most));
        position_ += std::max<std::ptrdiff_t>(count, 0);
        return count;
    }

    bool seek(std::int64_t offset_bytes) noexcept override {
        if (!source_->seek(offset_bytes)) return false;
        position_ = offset_bytes;
        return true;
    }

    std::optional<std::int64_t> size_bytes() const noexcept override { return end_bytes_; }

private:
    std::unique_ptr<ByteSource> source_;
    std::int64_t end_bytes_;
    std::int64_t position_ = 0;
};

}  // namespace

std::int64_t end_without_tags(ByteSource& source) {
    std::int64_t end = source.size_bytes().value_or(0);
    for (int i = 0; i < most_trailing_tags; ++i) {
        const std::int64_t tail_at = std::max<std::int64_t>(0, end - static_cast<std::int64_t>(id3v1_bytes));
        const std::int64_t size_bytes = tag_bytes(read_at(source, tail_at, static_cast<std::size_t>(end - tail_at)));
        if (size_bytes == 0 || size_bytes >= end) break;
        end -= size_bytes;
    }
    source.seek(0);
    return end;
}

std::unique_ptr<ByteSource> end_at(std::unique_ptr<ByteSource> source, std::int64_t end_bytes) {
    return std::make_unique<EndingSource>(std::move(source), end_bytes);
}

}  // namespace earmark::decode
