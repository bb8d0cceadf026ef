#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace earmark::metadata {

inline constexpr const char* journal_version_name = "earmark_journal";

/// The text of a JSON object with the checksum (XXH64) of what comes before that, and the end of the line.
std::string guarded_text(std::string_view json);
std::string guarded_line(const nlohmann::json& json);

/// Without the end of the line. Throws Damage when the checksum is another one, or missing.
nlohmann::json parse_guarded_line(std::string_view text);

}  // namespace earmark::metadata
