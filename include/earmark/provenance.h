#pragma once

#include <string>
#include <vector>

#include "earmark/export.h"

namespace earmark {

/// A measured score, for example {"roc_auc", "test", 0.77}. A plain value, as the next.
struct EARMARK_EXPORT Score {
    std::string metric;
    std::string split;
    double value = 0.0;  ///< a finite number, of the metric's own range

    bool operator==(const Score&) const = default;
};

/// Where a model comes from and how good it is, for people.
struct EARMARK_EXPORT Provenance {
    std::string training_data;  ///< names of the data sets and clip counts
    std::string command;        ///< that trained it
    std::string date;           ///< ISO 8601
    std::string license;        ///< of the model file
    std::vector<Score> scores;

    bool operator==(const Provenance&) const = default;
};

}  // namespace earmark
