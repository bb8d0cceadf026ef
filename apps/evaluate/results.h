#pragma once

#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "earmark/tagger.h"
#include "evaluation/measurement.h"

namespace earmark {

/// The other model of a comparison.
struct ComparedModel {
    std::string path;
    std::shared_ptr<const Model> model;
    Comparison comparison;
};

/// All that `earmark evaluate` prints.
struct EvaluationResults {
    std::shared_ptr<const Model> model;
    std::string data;
    std::string split;
    Measurement measurement;
    TaggerOptions tagger;
    IntervalOptions intervals;
    std::size_t drawn_count = 0;  ///< clips or artists that a resample draws from
    std::optional<ComparedModel> compared;
    std::vector<std::string> problems;
    std::optional<double> max_duration_s{};  ///< of each clip no more was used
};

void write_json(std::ostream& stream, const EvaluationResults& results);
void write_text(std::ostream& stream, const EvaluationResults& results);

/// What write_text prints of two models. REQUIRES: results.compared.
void write_comparison(std::ostream& stream, const EvaluationResults& results);

}  // namespace earmark
