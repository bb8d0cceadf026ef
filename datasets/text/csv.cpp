#include "datasets/text/csv.h"

#include <array>
#include <istream>
#include <streambuf>
#include <utility>

#include "datasets/text/text_lines.h"

namespace earmark {
namespace {

constexpr int end = std::char_traits<char>::eof();
constexpr std::size_t most_field_bytes = std::size_t{1} << 20;
constexpr std::size_t most_fields = 100'000;
void skip_byte_order_mark(std::streambuf& buffer) {
    const auto start = buffer.pubseekoff(0, std::ios::cur, std::ios::in);
    std::array<char, byte_order_mark.size()> bytes{};
    const auto count = buffer.sgetn(bytes.data(), bytes.size());
    if (std::string_view(bytes.data(), static_cast<std::size_t>(count)) != byte_order_mark) {
        buffer.pubseekpos(start, std::ios::in);
    }
}

}  // namespace

CsvReader::CsvReader(std::istream& stream, std::filesystem::path name, char separator)
    : stream_(stream), name_(std::move(name)), separator_(separator) {}

std::optional<CsvRecord> CsvReader::next() {
    try {
        return read_record();
    } catch (const std::ios_base::failure& failure) {  // what a file buffer throws when the disk fails
        throw Error(ErrorCode::unreadable, name_.string() + ": cannot be read: " + failure.what());
    }
}

std::optional<CsvRecord> CsvReader::read_record() {
    if (!skip_empty_lines()) return std::nullopt;
    CsvRecord record;
    record.line = line_;
    for (bool has_more = true; has_more;) {
        if (record.fields.size() == most_fields) throw line_error(name_, record.line, "more than 100,000 fields");
        std::string field;
        has_more = read_field(field);
        record.fields.push_back(std::move(field));
    }
    return record;
}

// Straight from the buffer: a formatted read of each character is several times as slow.
int CsvReader::take() {
    const int character = stream_.rdbuf()->sbumpc();
    if (character == '\n') ++line_;
    return character;
}

bool CsvReader::skip_empty_lines() {
    std::streambuf& buffer = *stream_.rdbuf();
    if (std::exchange(at_start_, false)) skip_byte_order_mark(buffer);
    for (int character = buffer.sgetc(); character == '\n' || character == '\r'; character = buffer.sgetc()) take();
    return buffer.sgetc() != end;
}

// Whether another field of the same record follows.
bool CsvReader::read_field(std::string& field) {
    if (stream_.rdbuf()->sgetc() != '"') return read_plain_field(field);
    take();
    return read_quoted_field(field);
}

bool CsvReader::read_plain_field(std::string& field) {
    const std::size_t first_line = line_;
    for (int character = take();; character = take()) {
        if (character == static_cast<unsigned char>(separator_)) return true;
        if (character == '\n' || character == end) break;
        append(field, character, first_line);
    }
    if (field.ends_with('\r')) field.pop_back();
    return false;
}

bool CsvReader::read_quoted_field(std::string& field) {
    const std::size_t first_line = line_;
    for (int character = take();; character = take()) {
        if (character == end) throw line_error(name_, first_line, "a quote is opened here and never closed");
        if (character == '"') {
            if (stream_.rdbuf()->sgetc() != '"') return end_quoted_field();
            take();
        }
        append(field, character, first_line);
    }
}

bool CsvReader::end_quoted_field() {
    const std::size_t line = line_;
    int character = take();
    if (character == static_cast<unsigned char>(separator_)) return true;
    if (character == '\r') character = take();
    if (character == '\n' || character == end) return false;
    const std::string separator = separator_ == '\t' ? "a TAB" : std::string("'") + separator_ + "'";
    throw line_error(name_, line,
                     "text after a closing quote; expected " + separator +
                         " or the end of the line (a quote within quotes is doubled)");
}

void CsvReader::append(std::string& field, int character, std::size_t first_line) const {
    if (field.size() == most_field_bytes) {
        throw line_error(name_, first_line, "a field of more than a mebibyte begins here; is a quote missing?");
    }
    field.push_back(static_cast<char>(character));
}

}  // namespace earmark
