#include "datasets/table.h"

#include <algorithm>
#include <utility>

#include "datasets/text_lines.h"

namespace earmark {
namespace {

char separator_of(std::ifstream& file) {
    std::string line;
    while (line.empty() && std::getline(file, line)) {
    }
    file.clear();
    file.seekg(0);
    for (const char separator : {'\t', ',', ';'}) {
        if (line.find(separator) != std::string::npos) return separator;
    }
    return '\t';
}

}  // namespace

Table::Table(std::filesystem::path path)
    : path_(std::move(path)), file_(open_text(path_)), reader_(file_, path_, separator_of(file_)) {
    auto header = reader_.next();
    if (!header) throw Error(ErrorCode::invalid_dataset, path_.string() + ": is empty, expected a header line");
    header_ = std::move(*header);
    for (std::string& name : header_.fields) name = std::string(trimmed(name));
}

std::optional<std::size_t> Table::find(std::string_view column) const {
    const auto& names = header_.fields;
    const auto place = std::ranges::find(names, column);
    if (place == names.end()) return std::nullopt;
    if (std::find(place + 1, names.end(), column) != names.end()) {
        throw line_error(path_, header_.line, "column '" + std::string(column) + "' is there twice");
    }
    return place - names.begin();
}

std::size_t Table::require(std::string_view column) const {
    if (const auto place = find(column)) return *place;
    throw line_error(path_, header_.line, "no column '" + std::string(column) + "' in the header");
}

std::optional<CsvRecord> Table::next() {
    auto record = reader_.next();
    if (record && record->fields.size() != header_.fields.size()) {
        throw line_error(path_, record->line,
                         "expected " + std::to_string(header_.fields.size()) + " fields, as in the header, found " +
                             std::to_string(record->fields.size()));
    }
    return record;
}

}  // namespace earmark
