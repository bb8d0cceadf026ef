#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "decode/byte_source.h"
#include "decode/header_bytes.h"

namespace earmark::decode {

/// Other bytes in the place of those from an offset on.
struct Patch {
    std::int64_t offset_bytes = 0;  ///< in the source
    std::vector<std::byte> bytes{};
};

/// Bytes from an offset on to another.
struct Range {
    std::int64_t begin_bytes = 0;
    std::int64_t end_bytes = 0;
};

/// What FFmpeg is shown of a source.
struct Edit {
    std::int64_t begin_bytes = 0;   ///< where the file begins for FFmpeg
    std::vector<Patch> patches{};   ///< ascending, and none over another
    std::vector<Range> left_out{};  ///< in the start of a pipe alone; ascending
    int part_count = 0;             ///< boxes, chunks and the like that were looked at
    bool is_cut = false;            ///< the header goes on behind the end of what there is to look at

    /// Counts one more part; false from the ten millionth on, and when there are ten thousand patches.
    bool may_go_on() noexcept { return ++part_count < most_parts && patches.size() < most_patches; }
    void give_up() noexcept { part_count = most_parts; }  ///< there are more parts than any file has
    bool is_too_long() const noexcept { return part_count >= most_parts || patches.size() >= most_patches; }

    /// A patch of letters.
    void write(std::int64_t offset_bytes, std::string_view letters);

    static constexpr int most_parts = 10'000'000;  // an MP4 of ten hours may have a million fragments
    static constexpr std::size_t most_patches = 10'000;
};

/// Which fields of a file FFmpeg does not see.
enum class Hidden {
    all,
    what_is_slow,  ///< those that cost it seconds or hundreds of megabytes: thousands of them, or compressed ones
};

/// The source with these changes, from its start. REQUIRES: a source that can seek.
std::unique_ptr<ByteSource> edited(std::unique_ptr<ByteSource> source, Edit edit);

/// The source behind these bytes, which were read from it already and come first.
std::unique_ptr<ByteSource> preceded(std::vector<std::byte> bytes, std::unique_ptr<ByteSource> source);

inline constexpr std::size_t start_of_pipe_bytes = std::size_t{16} << 20;

/// A pipe, which cannot seek, with changes in its first 16 MB: these are read and held in memory until they are passed
/// on. `look` finds the changes there and sees nothing behind; its Edit::begin_bytes stays 0.
std::unique_ptr<ByteSource> with_edited_start(std::unique_ptr<ByteSource> source,
                                              const std::function<void(HeaderBytes&, Edit&)>& look);

}  // namespace earmark::decode
