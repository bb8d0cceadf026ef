#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "catalogue/catalogue.h"
#include "catalogue/file_stamp.h"
#include "earmark/tagger.h"

namespace earmark::catalogue {

/// A file that the current model has analyzed.
struct KnownResult {
    std::filesystem::path path;
    FileStamp stamp;  ///< of the file that was analyzed
    ClipResult clip;  ///< without embedding
};

/// The results of the current model, one by one in the order of the paths, without files that the last scan missed.
/// Belongs to one thread, as the catalogue, which must outlive it.
class KnownResults {
public:
    /// Only of files that are one of the paths or below one of them; without any, of all. Throws DatabaseError.
    KnownResults(Catalogue& catalogue, std::int64_t model_id, const std::vector<std::filesystem::path>& paths);

    /// Nothing after the last. Throws DatabaseError.
    std::optional<KnownResult> next();

    /// How many next() gives in all.
    std::size_t count() const noexcept { return count_; }

    /// How many files have no result: they failed, wait for their analysis, or were analyzed by another model.
    std::size_t left_out_count() const noexcept { return left_out_count_; }

    /// How many of these were analyzed by another model.
    std::size_t stale_count() const noexcept { return stale_count_; }

private:
    std::string where_;
    Statement statement_;
    std::size_t tag_count_ = 0;
    std::size_t count_ = 0;
    std::size_t left_out_count_ = 0;
    std::size_t stale_count_ = 0;
};

}  // namespace earmark::catalogue
