#pragma once

#include <optional>
#include <string>

#include "search/query.h"

namespace earmark {

/// "0.6" or ".5"; nothing for any other text.
std::optional<double> query_number(const std::string& text);

/// Seconds: "90", "1:30", "1:02:03", "90s", "2m", "1.5h", "2 h", "1h30m"; nothing for any other text.
std::optional<double> query_seconds(const std::string& text);

using ReadNumber = std::optional<double> (*)(const std::string&);

/// "1990", "1990..1999", "1990..", "..1999"; nothing for any other text, and where the first is greater.
std::optional<NumberRange> query_range(const std::string& text, ReadNumber read);

/// Of ">", ">=", "<", "<=", "=".
NumberRange compared_with(const std::string& comparison, double number);

/// The shortest text of a number that is read as the same.
std::string shortest_text(double number);

}  // namespace earmark
