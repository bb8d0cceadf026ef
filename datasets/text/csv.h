#pragma once

#include <cstddef>
#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace earmark {

/// One record of a table.
struct CsvRecord {
    std::size_t line = 0;  ///< where it begins, counted from 1
    std::vector<std::string> fields;
};

/// Reads separated values by the rules of RFC 4180: a field in double quotes may contain separators, line
/// ends and doubled quotes. Lines end in LF or CR LF; a byte-order mark and empty lines are skipped. A quote within a
/// field that did not begin with one is text. Memory is bounded by the longest record. For one thread at a time.
class CsvReader {
public:
    /// REQUIRES: `stream` can seek, and outlives the reader. Messages use `name`.
    CsvReader(std::istream& stream, std::filesystem::path name, char separator);

    /// The next record, or nothing at the end. Throws Error: invalid_dataset (names the line: text after a closing
    /// quote, a quote that is never closed, a field of more than a mebibyte, as one with a missing quote soon is; a
    /// record of more than 100,000 fields), unreadable.
    std::optional<CsvRecord> next();

private:
    std::optional<CsvRecord> read_record();
    int take();
    bool skip_empty_lines();
    bool read_field(std::string& field);
    bool read_plain_field(std::string& field);
    bool read_quoted_field(std::string& field);
    bool end_quoted_field();
    void append(std::string& field, int character, std::size_t first_line) const;

    std::istream& stream_;
    std::filesystem::path name_;
    char separator_;
    std::size_t line_ = 1;
    bool at_start_ = true;
};

}  // namespace earmark
