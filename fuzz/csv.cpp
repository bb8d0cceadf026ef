// Any bytes as a table: an error or records. What was read and is written again with every field in quotes is read as
// the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "datasets/text/csv.h"
#include "earmark/error.h"

namespace {

using Records = std::vector<std::vector<std::string>>;

Records read(const std::string& text, char separator) {
    std::istringstream stream(text);
    earmark::CsvReader reader(stream, "fuzz", separator);
    Records records;
    while (auto record = reader.next()) records.push_back(std::move(record->fields));
    return records;
}

std::string quoted(const std::string& field) {
    std::string text = "\"";
    for (const char character : field) text += character == '"' ? "\"\"" : std::string(1, character);
    return text + "\"";
}

std::string write(const Records& records, char separator) {
    std::string text;
    for (const auto& fields : records) {
        for (std::size_t i = 0; i < fields.size(); ++i)
            text += (i > 0 ? std::string(1, separator) : "") + quoted(fields[i]);
        text += "\n";
    }
    return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    for (const char separator : {',', '\t', ';'}) {
        Records records;
        try {
            records = read(text, separator);
        } catch (const earmark::Error&) {
            continue;
        }
        if (read(write(records, separator), separator) != records) std::abort();
    }
    return 0;
}
