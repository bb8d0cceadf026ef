#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "metadata/fields.h"

namespace earmark::metadata {

// What plans and journals have in common. Functions that read throw Damage: "'size': expected a whole number".

/// A name of a file is bytes: as text where that is UTF-8, else {"bytes": "HEXADECIMAL"}.
nlohmann::json path_to_json(const std::filesystem::path& path);
std::filesystem::path path_from_json(const nlohmann::json& json);

/// One line, with U+FFFD for what is no UTF-8.
std::string json_line(const nlohmann::json& json);
nlohmann::json parse_json_line(std::string_view line);

const nlohmann::json& member(const nlohmann::json& json, const char* name);
std::uint64_t whole_number_of(const nlohmann::json& json, const char* name);
std::int64_t signed_number_of(const nlohmann::json& json, const char* name);
std::string text_of(const nlohmann::json& json, const char* name);
bool truth_of(const nlohmann::json& json, const char* name);
Values texts_of(const nlohmann::json& json, const char* name);

}  // namespace earmark::metadata
