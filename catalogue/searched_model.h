#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "catalogue/database.h"
#include "search/query.h"

namespace earmark::catalogue {

/// The model whose results are searched, as the database knows it.
struct SearchedModel {
    std::int64_t id = 0;
    std::string identity;
    std::string name;
    bool is_softmax = false;
    std::size_t embedding_length = 0;
    std::vector<float> embedding_mean;
    std::vector<float> embedding_deviation;
    std::vector<QueryTag> tags;
    std::vector<std::int64_t> tag_ids;  ///< of the same tags
    std::vector<double> thresholds;     ///< likewise
};

/// That of the last scan. Throws Error: not_found when nothing was scanned yet; invalid_catalogue when the numbers of
/// the model do not fit each other.
SearchedModel searched_model(Database& database);

/// An embedding as the library returns it, standardized as those of the database are. REQUIRES: as many numbers as the
/// model's embeddings have.
std::vector<float> standardized(const SearchedModel& model, const std::vector<float>& embedding);

}  // namespace earmark::catalogue
