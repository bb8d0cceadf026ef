#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "training/report/study_report.h"

namespace earmark {

// The larger elements of study.json, one function each.

/// The value, or null.
nlohmann::ordered_json number_json(const std::optional<double>& value);

/// The epochs of each task of each run, from log.jsonl. Throws Error (unreadable).
nlohmann::ordered_json learning_curves_json(const StudyDescription& description, const StudyScores& scores);

/// The weights of the first layer of each network of the first run's model. Throws Error as read_model() does.
nlohmann::ordered_json filters_json(const StudyDescription& description, const StudyScores& scores);

/// Labels, and how often clips of a label (row) were predicted to have each (column), by the whole method from all
/// seeds together; null where a clip may have several labels.
nlohmann::ordered_json confusion_json(const StudyScores& scores);

/// The clips with the greatest loss of the whole method, the mean of its seeds, greatest first.
nlohmann::ordered_json hardest_clips_json(const StudyDescription& description, const StudyScores& scores);

}  // namespace earmark
