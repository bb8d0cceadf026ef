#include "decode/data_length.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>
#include <string_view>
#include <vector>

#include "decode/read_bytes.h"

namespace earmark::decode {
namespace {

constexpr int most_chunks = 256;
constexpr int name_bytes = 4;

/// A format of chunks: a name, the size of the content, the content.
struct Form {
    std::string_view magic;
    std::string_view data_name;
    std::int64_t first_chunk_at;
    int size_field_bytes;
    bool is_little_endian;
    bool is_padded;  ///< chunks begin at even offsets
};

constexpr std::array forms{
    Form{"RIFF", "data", 12, 4, true, true},
    Form{"RF64", "data", 12, 4, true, true},
    Form{"FORM", "SSND", 12, 4, false, true},
    Form{"caff", "data", 8, 8, false, false},
};

// RF64 has the size of the data in its first chunk (EBU Tech 3306).
constexpr std::int64_t rf64_data_size_at = 28;
constexpr std::int64_t size_elsewhere = 0xffffffff;

struct Chunk {
    std::int64_t size_at = 0;
    std::int64_t content_at = 0;
    std::int64_t content_bytes = 0;
    std::int64_t end = 0;
    bool is_data = false;
};

bool is_printable(std::byte letter) { return letter >= std::byte{' '} && letter <= std::byte{'~'}; }

std::int64_t number(std::span<const std::byte> bytes, std::size_t at, int size_bytes, bool is_little_endian) {
    constexpr std::uint64_t greatest = std::numeric_limits<std::int64_t>::max() / 4;
    const auto value = is_little_endian ? little_endian(bytes, at, size_bytes) : big_endian(bytes, at, size_bytes);
    return static_cast<std::int64_t>(std::min(value, greatest));
}

std::optional<Chunk> chunk_at(ByteSource& source, const Form& form, std::int64_t at) {
    const auto header_bytes = static_cast<std::size_t>(name_bytes) + static_cast<std::size_t>(form.size_field_bytes);
    const auto header = read_at(source, at, header_bytes);
    if (header.size() < header_bytes) return std::nullopt;
    if (!std::all_of(header.begin(), header.begin() + name_bytes, is_printable)) return std::nullopt;
    Chunk chunk{.size_at = at + name_bytes,
                .content_at = at + static_cast<std::int64_t>(header_bytes),
                .content_bytes = number(header, name_bytes, form.size_field_bytes, form.is_little_endian),
                .is_data = has_text(header, 0, form.data_name)};
    if (chunk.is_data && form.magic == "RF64" && chunk.content_bytes == size_elsewhere) {
        chunk.size_at = rf64_data_size_at;
        chunk.content_bytes = number(read_at(source, rf64_data_size_at, 8), 0, 8, true);
    }
    chunk.end = chunk.content_at + chunk.content_bytes + (form.is_padded ? chunk.content_bytes % 2 : 0);
    return chunk;
}

std::optional<Chunk> find_data(ByteSource& source, const Form& form) {
    std::int64_t at = form.first_chunk_at;
    for (int i = 0; i < most_chunks; ++i) {
        const auto chunk = chunk_at(source, form, at);
        if (!chunk || chunk->is_data) return chunk;
        at = chunk->end;
    }
    return std::nullopt;
}

/// From there to the end of the file there is one chunk after the other; the last one may lack a byte that pads it, and
/// one of a common name may be cut short.
bool are_chunks(ByteSource& source, const Form& form, std::int64_t at, std::int64_t end) {
    constexpr std::array common_names{"LIST", "JUNK", "id3 ", "ID3 ", "info", "free"};
    const auto name = read_at(source, at, name_bytes);
    if (std::ranges::any_of(common_names, [&](const char* common) { return has_text(name, 0, common); })) return true;
    for (int i = 0; i < most_chunks && at < end; ++i) {
        const auto chunk = chunk_at(source, form, at);
        if (!chunk || chunk->end > end + 1) return false;
        at = chunk->end;
    }
    return at >= end;
}

/// The size of a WAV as a whole agrees with the file, up to a byte that pads it: what follows the samples was written
/// on purpose, whatever it is.
bool is_as_long_as_stated(ByteSource& source, const Form& form, std::int64_t end) {
    if (form.magic != "RIFF") return false;
    constexpr std::int64_t riff_header_bytes = 8;
    const std::int64_t stated_end = riff_header_bytes + number(read_at(source, name_bytes, 4), 0, 4, true);
    return std::abs(stated_end - end) <= 1;
}

/// The true length, or the greatest where the field has no room for it: libavformat then reads to the end.
Patch patch_of(const Form& form, const Chunk& data, std::int64_t present_bytes) {
    const bool is_elsewhere = data.size_at == rf64_data_size_at;
    const int size_bytes = is_elsewhere ? 8 : form.size_field_bytes;
    const bool fits = size_bytes == 8 || (form.magic != "RIFF" && present_bytes < size_elsewhere);
    const auto value = static_cast<std::uint64_t>(fits ? present_bytes : size_elsewhere);
    Patch patch{.offset_bytes = data.size_at};
    for (int i = 0; i < size_bytes; ++i) {
        const int place = form.is_little_endian ? i : size_bytes - 1 - i;
        patch.bytes.push_back(static_cast<std::byte>(value >> (8 * place) & 0xff));
    }
    return patch;
}

}  // namespace

bool DataLength::is_wrapped() const noexcept {
    constexpr std::int64_t field_range = std::int64_t{1} << 32;
    constexpr std::int64_t most_chunk_bytes = std::int64_t{1} << 20;
    const std::int64_t unstated_bytes = present_bytes - stated_bytes;
    return unstated_bytes >= field_range && unstated_bytes % field_range < most_chunk_bytes;
}

std::optional<DataLength> find_wrong_data_length(ByteSource& source) {
    const auto head = read_at(source, 0, name_bytes);
    const auto* const form = std::ranges::find_if(forms, [&](const Form& one) { return has_text(head, 0, one.magic); });
    if (form == forms.end()) return std::nullopt;
    const std::int64_t end = source.size_bytes().value_or(0);
    const auto data = find_data(source, *form);
    // libavformat reads to the end of its own accord where the size is 0 or the greatest one.
    if (!data || data->content_bytes == 0) return std::nullopt;
    const std::int64_t present_bytes = end - data->content_at;
    DataLength length{data->content_bytes, present_bytes, patch_of(*form, *data, present_bytes)};
    if (present_bytes / 2 <= length.stated_bytes) return std::nullopt;
    const bool is_right = is_as_long_as_stated(source, *form, end) || are_chunks(source, *form, data->end, end) ||
                          are_zeros(source, data->end);
    return is_right && !length.is_wrapped() ? std::nullopt : std::optional(std::move(length));
}

}  // namespace earmark::decode
