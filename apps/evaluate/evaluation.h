#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "datasets/dataset.h"
#include "earmark/model.h"
#include "metrics/tagging_report.h"

namespace earmark {

struct Evaluation {
    TaggingReport report;
    std::vector<std::string> problems;  ///< a line for each clip that could not be used
};

/// Called after each clip, by any thread but one at a time.
using EvaluationProgress = std::function<void(std::size_t done_count, std::size_t clip_count)>;

/// Tags every clip of `split` as `earmark tag` does, on `worker_count` threads, and compares. Labels of the data that
/// the model does not know are left aside. The result does not depend on `worker_count`. Throws Error (invalid_dataset)
/// when there is no clip of that split.
Evaluation evaluate(const std::shared_ptr<const Model>& model, Dataset dataset, const std::string& split,
                    Precision precision, std::size_t worker_count, const EvaluationProgress& progress);

}  // namespace earmark
