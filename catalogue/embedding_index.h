#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace earmark::catalogue {

/// What belongs to the rows of an embedding file.
struct EmbeddingIndex {
    std::string model_identity;    ///< 32 characters
    std::uint64_t generation = 0;  ///< of the embedding file, a random number: both must have the same
    std::uint64_t column_count = 0;
    std::vector<std::int64_t> analysis_ids;
    std::vector<float> inverse_lengths;           ///< of the same rows
    std::vector<std::int64_t> without_embedding;  ///< analyses that have none
};

/// Nothing where there is no such file, or one that is damaged or of another version.
std::optional<EmbeddingIndex> read_embedding_index(const std::filesystem::path& file);

/// Throws Error (unwritable).
void write_embedding_index(const std::filesystem::path& file, const EmbeddingIndex& index);

}  // namespace earmark::catalogue
