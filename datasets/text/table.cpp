#include "datasets/text/table.h"

#include <algorithm>
#include <utility>

#include "base/similar_word.h"
#include "datasets/text/text_lines.h"

namespace earmark {
namespace {

constexpr std::string_view separator_line = "sep=";  // of Excel: "sep=;" above the header

std::string without_quoted(const std::string& line) {
    std::string plain;
    bool is_quoted = false;
    for (const char character : line) {
        if (character == '"')
            is_quoted = !is_quoted;
        else if (!is_quoted)
            plain.push_back(character);
    }
    return plain;
}

char separator_of(std::ifstream& file) {
    std::string line;
    while (line.empty() && std::getline(file, line)) {
    }
    file.clear();
    file.seekg(0);
    const std::string plain = without_quoted(line);
    const std::size_t start = plain.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
    const std::size_t place = start + separator_line.size();
    if (plain.compare(start, separator_line.size(), separator_line) == 0 && place < plain.size()) return plain[place];
    for (const char separator : {'\t', ',', ';'}) {
        if (plain.find(separator) != std::string::npos) return separator;
    }
    return '\t';
}

bool names_separator(const CsvRecord& record) {
    return record.fields.size() == 2 && record.fields[0] == separator_line && record.fields[1].empty();
}

}  // namespace

Table::Table(std::filesystem::path path)
    : path_(std::move(path)), file_(open_text(path_)), reader_(file_, path_, separator_of(file_)) {
    auto header = reader_.next();
    if (header && names_separator(*header)) header = reader_.next();
    if (!header) throw Error(ErrorCode::invalid_dataset, path_.string() + ": is empty; expected a header line");
    header_ = std::move(*header);
    for (std::string& name : header_.fields) name = std::string(trimmed(name));
}

std::optional<std::size_t> Table::find(std::string_view column) const {
    const auto& names = header_.fields;
    const auto place = std::ranges::find(names, column);
    if (place == names.end()) return std::nullopt;
    if (std::find(place + 1, names.end(), column) != names.end()) {
        throw line_error(path_, header_.line, "column '" + std::string(column) + "' occurs twice");
    }
    return place - names.begin();
}

std::size_t Table::require(std::string_view column) const {
    if (const auto place = find(column)) return *place;
    throw line_error(path_, header_.line,
                     "no column '" + std::string(column) + "' in the header" + did_you_mean(column, header()));
}

std::optional<CsvRecord> Table::next() {
    const auto is_empty = [](const CsvRecord& row) { return std::ranges::all_of(row.fields, &std::string::empty); };
    auto record = reader_.next();
    while (record && is_empty(*record)) record = reader_.next();
    if (record && record->fields.size() != header_.fields.size()) {
        throw line_error(path_, record->line,
                         "expected " + std::to_string(header_.fields.size()) + " fields, as in the header, found " +
                             std::to_string(record->fields.size()));
    }
    return record;
}

}  // namespace earmark
