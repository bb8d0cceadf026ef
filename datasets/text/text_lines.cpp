#include "datasets/text/text_lines.h"

#include <array>

namespace earmark {
namespace {

struct OtherForm {
    std::string_view first_bytes;
    std::string_view message;
};

constexpr OtherForm other_forms[] = {
    {"\x1F\x8B", ": is gzip-compressed; expected text; unpack it first (gzip -d)"},
    {"PK\x03\x04", ": is a zip archive or a spreadsheet; expected text; unpack it, or save it as CSV"},
    {"\xFF\xFE", ": is UTF-16; expected UTF-8; save it as UTF-8"},
    {"\xFE\xFF", ": is UTF-16; expected UTF-8; save it as UTF-8"},
};

void require_text(std::ifstream& file, const std::filesystem::path& path) {
    std::array<char, 4> bytes{};
    file.read(bytes.data(), bytes.size());
    const std::string_view start(bytes.data(), static_cast<std::size_t>(file.gcount()));
    for (const auto& [first_bytes, message] : other_forms) {
        if (start.starts_with(first_bytes)) {
            throw Error(ErrorCode::unreadable, path.string() + std::string(message));
        }
    }
    file.clear();
    file.seekg(0);
}

}  // namespace

std::ifstream open_text(const std::filesystem::path& path) {
    std::error_code failure;
    const auto status = std::filesystem::status(path, failure);
    if (status.type() == std::filesystem::file_type::not_found) {
        throw Error(ErrorCode::not_found, path.string() + ": no such file");
    }
    if (std::filesystem::is_directory(status)) {
        throw Error(ErrorCode::unreadable, path.string() + ": is a folder; expected a text file");
    }
    std::ifstream file(path, std::ios::binary);
    if (!file) throw Error(ErrorCode::unreadable, path.string() + ": cannot be read");
    if (std::filesystem::is_regular_file(status)) require_text(file, path);  // a pipe cannot be read twice
    return file;
}

std::vector<TextLine> read_text_lines(const std::filesystem::path& path) {
    auto file = open_text(path);
    std::vector<TextLine> lines;
    std::string text;
    for (std::size_t number = 1; std::getline(file, text); ++number) {
        if (number == 1 && text.starts_with(byte_order_mark)) text.erase(0, byte_order_mark.size());
        if (text.ends_with('\r')) text.pop_back();
        if (!trimmed(text).empty()) lines.push_back({number, text});
    }
    if (file.bad()) throw Error(ErrorCode::unreadable, path.string() + ": cannot be read to its end");
    return lines;
}

Error line_error(const std::filesystem::path& path, std::size_t line, const std::string& message) {
    return {ErrorCode::invalid_dataset, path.string() + ":" + std::to_string(line) + ": " + message};
}

std::vector<std::string_view> split_text(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (auto end = text.find(separator); end != std::string_view::npos; end = text.find(separator)) {
        parts.push_back(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
    parts.push_back(text);
    return parts;
}

std::string unquoted(std::string_view field) {
    std::string whole(field);
    if (field.size() < 2 || field.front() != '"' || field.back() != '"') return whole;
    field = field.substr(1, field.size() - 2);
    std::string text;
    for (std::size_t i = 0; i < field.size(); ++i) {
        const bool is_quote = field[i] == '"';
        if (is_quote && (i + 1 == field.size() || field[i + 1] != '"')) return whole;
        if (is_quote) ++i;  // the second of two
        text += field[i];
    }
    return text;
}

std::string quoted_if_needed(std::string_view text) {
    if (unquoted(text) == text) return std::string(text);
    std::string quoted = "\"";
    for (const char character : text) quoted += character == '"' ? "\"\"" : std::string(1, character);
    return quoted + "\"";
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blank = " \t";
    const auto first = text.find_first_not_of(blank);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

}  // namespace earmark
