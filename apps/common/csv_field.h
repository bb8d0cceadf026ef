#pragma once

#include <string>

namespace earmark {

/// A field of CSV: UTF-8 (as_utf8), in quotes where RFC 4180 asks for them.
std::string csv_field(const std::string& bytes);

}  // namespace earmark
