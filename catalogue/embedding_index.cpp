#include "catalogue/embedding_index.h"

#include <array>
#include <cstring>
#include <limits>

#include "base/checksum.h"
#include "base/mapped_file.h"
#include "base/write_file.h"
#include "earmark/error.h"

namespace earmark::catalogue {
namespace {

constexpr std::array<char, 8> magic{'E', 'A', 'R', 'M', 'I', 'D', 'X', '1'};
constexpr std::size_t identity_bytes = 32;

struct Header {
    std::array<char, 8> magic;
    std::array<char, identity_bytes> model_identity;
    std::uint64_t generation;
    std::uint64_t column_count;
    std::uint64_t row_count;
    std::uint64_t without_count;
    std::uint64_t checksum;  ///< of all that follows
};

template <typename Value>
std::span<const std::byte> take(std::span<const std::byte>& bytes, std::vector<Value>& values) {
    const std::span<const std::byte> taken = bytes.first(values.size() * sizeof(Value));
    if (!taken.empty()) std::memcpy(values.data(), taken.data(), taken.size());
    bytes = bytes.subspan(taken.size());
    return taken;
}

std::optional<EmbeddingIndex> index_of(std::span<const std::byte> bytes) {
    Header header;
    if (bytes.size() < sizeof header) return std::nullopt;
    std::memcpy(&header, bytes.data(), sizeof header);
    bytes = bytes.subspan(sizeof header);
    if (header.magic != magic || header.row_count > bytes.size() || header.without_count > bytes.size())
        return std::nullopt;
    constexpr std::size_t row_bytes = sizeof(std::int64_t) + sizeof(float);
    const bool has_size = bytes.size() == header.row_count * row_bytes + header.without_count * sizeof(std::int64_t);
    if (!has_size || checksum({bytes}) != header.checksum) return std::nullopt;
    EmbeddingIndex index{std::string(header.model_identity.data(), identity_bytes),
                         header.generation,
                         header.column_count,
                         std::vector<std::int64_t>(header.row_count),
                         std::vector<float>(header.row_count),
                         std::vector<std::int64_t>(header.without_count)};
    take(bytes, index.analysis_ids);
    take(bytes, index.without_embedding);
    take(bytes, index.inverse_lengths);
    return index;
}

template <typename Value>
void append(std::vector<std::byte>& bytes, const std::vector<Value>& values) {
    const auto more = std::as_bytes(std::span(values));
    bytes.insert(bytes.end(), more.begin(), more.end());
}

}  // namespace

std::optional<EmbeddingIndex> read_embedding_index(const std::filesystem::path& file) {
    try {
        const MappedFile mapped(file, std::numeric_limits<std::uint64_t>::max());
        return index_of(mapped.bytes());
    } catch (const Error&) {
        return std::nullopt;
    }
}

void write_embedding_index(const std::filesystem::path& file, const EmbeddingIndex& index) {
    std::vector<std::byte> bytes(sizeof(Header));
    append(bytes, index.analysis_ids);
    append(bytes, index.without_embedding);
    append(bytes, index.inverse_lengths);
    Header header{magic,
                  {},
                  index.generation,
                  index.column_count,
                  index.analysis_ids.size(),
                  index.without_embedding.size(),
                  checksum({std::span(bytes).subspan(sizeof(Header))})};
    index.model_identity.copy(header.model_identity.data(), identity_bytes);
    std::memcpy(bytes.data(), &header, sizeof header);
    write_file(file, bytes);
}

}  // namespace earmark::catalogue
