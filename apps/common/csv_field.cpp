#include "apps/common/csv_field.h"

#include "apps/common/visible_text.h"

namespace earmark {

std::string csv_field(const std::string& bytes) {
    std::string text = as_utf8(bytes);
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char character : text) quoted += character == '"' ? "\"\"" : std::string(1, character);
    return quoted + "\"";
}

}  // namespace earmark
