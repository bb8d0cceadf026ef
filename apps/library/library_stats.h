#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "catalogue/catalogue.h"
#include "catalogue/searched_model.h"

namespace earmark {

/// A library in numbers. Tracks are those that are not missing.
struct LibraryStats {
    struct Count {
        std::string name;
        std::int64_t count = 0;
    };
    struct Category {
        std::string name;
        std::vector<Count> tags;  ///< most frequent first: of how many tracks they are present
    };

    std::int64_t track_count = 0;
    std::int64_t missing_count = 0;
    std::int64_t copy_count = 0;  ///< tracks with the audio of another one
    double duration_s = 0.0;      ///< as the files state it
    std::vector<Count> states;    ///< current, pending, failed, stale; those that there are
    std::vector<Count> statuses;  ///< of the analyses, most frequent first
    std::vector<Count> errors;    ///< most frequent first
    std::vector<Category> categories;
};

/// `most`: so many tags of each category. Throws DatabaseError.
LibraryStats library_stats(catalogue::Database& database, const catalogue::SearchedModel& model, std::size_t most);

}  // namespace earmark
