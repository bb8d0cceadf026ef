#pragma once

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/text/csv.h"

namespace earmark {

/// A file of separated values (csv.h) with a header line. The separator is the TAB, comma or semicolon that the header
/// has outside quotes, looked for in this order, or that of a first line such as "sep=;".
class Table {
public:
    /// Throws Error: not_found, unreadable, invalid_dataset (empty).
    explicit Table(std::filesystem::path path);

    const std::filesystem::path& path() const noexcept { return path_; }
    const std::vector<std::string>& header() const noexcept { return header_.fields; }
    std::size_t header_line() const noexcept { return header_.line; }

    /// Where a column is. `require` throws Error (invalid_dataset) when there is none; both do when there are two.
    std::optional<std::size_t> find(std::string_view column) const;
    std::size_t require(std::string_view column) const;

    /// The next row that is not empty (spreadsheets write rows of empty fields). Throws Error (invalid_dataset) as
    /// CsvReader, and for a row with another number of fields than the header.
    std::optional<CsvRecord> next();

private:
    std::filesystem::path path_;
    std::ifstream file_;
    CsvReader reader_;
    CsvRecord header_;
};

}  // namespace earmark
