#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "catalogue/database.h"
#include "catalogue/searched_model.h"
#include "search/int8_matrix.h"

namespace earmark::catalogue {

/// The embeddings of a model as one matrix in memory, to be searched as a whole: of a file next to the database
/// (FILE.embeddings, with FILE.embeddings.index), which is mapped. What the database has and the file has not is added
/// when it is opened, so that only the first search after a scan takes longer; both files may be removed at any time.
/// Where they cannot be written, the embeddings are read into memory. docs/catalogue.md has the format.
class Embeddings {
public:
    /// Throws DatabaseError.
    Embeddings(Database& database, const SearchedModel& model);
    Embeddings(const Embeddings&) = delete;
    Embeddings& operator=(const Embeddings&) = delete;
    ~Embeddings();

    const Int8Matrix& matrix() const noexcept;

    /// Of the rows. Some may be of analyses that the database does not have any more.
    std::span<const std::int64_t> analysis_ids() const noexcept;

    /// RecordingFacts::no_row where there is none.
    std::size_t row_of(std::int64_t analysis_id) const noexcept;

    /// Whether they are in the file, not in memory alone.
    bool is_mapped() const noexcept;

private:
    struct Content;
    std::unique_ptr<Content> content_;
};

/// The two files of a database.
std::filesystem::path embedding_file(const std::filesystem::path& database_file);
std::filesystem::path embedding_index_file(const std::filesystem::path& database_file);

}  // namespace earmark::catalogue
