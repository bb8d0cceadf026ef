#include "decode/mpeg_start.h"

#include <algorithm>
#include <utility>

#include "decode/edited_source.h"
#include "decode/id3.h"
#include "decode/read_bytes.h"

namespace earmark::decode {
namespace {

constexpr std::byte sync{0xff};
// What a pipe gives is kept in memory meanwhile; cover pictures are smaller.
constexpr std::size_t greatest_tag_in_pipe_bytes = std::size_t{4} << 20;

std::vector<std::byte> read_start_of_file(ByteSource& source, std::size_t size_bytes) {
    const std::int64_t tag_bytes = id3_tag_bytes(read_at(source, 0, id3_header_bytes));
    std::vector<std::byte> bytes = read_at(source, tag_bytes, 1);
    if (!bytes.empty() && bytes.front() == sync) read_until(bytes, source, size_bytes);
    source.seek(0);
    return bytes;
}

std::vector<std::byte> read_start_of_pipe(std::unique_ptr<ByteSource>& source, std::size_t size_bytes) {
    std::vector<std::byte> head;
    read_until(head, *source, id3_header_bytes);
    const auto tag_bytes = static_cast<std::size_t>(id3_tag_bytes(head));
    const bool expected = !head.empty() && (tag_bytes > 0 || head.front() == sync);
    if (expected && tag_bytes <= greatest_tag_in_pipe_bytes) read_until(head, *source, tag_bytes + size_bytes);
    std::vector<std::byte> start(head.begin() + static_cast<std::ptrdiff_t>(std::min(tag_bytes, head.size())),
                                 head.end());
    source = preceded(std::move(head), std::move(source));
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
