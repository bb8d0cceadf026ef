#pragma once

#include <exception>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "training/recipe/configuration_id.h"

namespace earmark {

/// The fields of a configuration in results.json and study.json: "id" (its file_name), "kind", "level" (null but of
/// one_level), "scales" (a list of segment_frames, "all", or null where the kind has none) and "name" (for people; of
/// external embeddings the name that the user gave them).
nlohmann::ordered_json to_json(const ConfigurationId& id);

/// Of kind, level, scales and, for external embeddings, name. Throws std::invalid_argument or nlohmann's exceptions
/// where a field is missing or has a value that no configuration has.
ConfigurationId configuration_id(const nlohmann::json& json);

/// What is wrong with JSON from a file, in one line for people: "key 'seeds' not found". Without the numbers and types
/// with which nlohmann's exceptions begin.
std::string json_problem(const std::exception& exception);

}  // namespace earmark
