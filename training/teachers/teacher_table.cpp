#include "training/teachers/teacher_table.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "base/checksum.h"
#include "earmark/error.h"

namespace earmark {
namespace {

using nlohmann::json;

std::vector<char> read_bytes(const std::filesystem::path& path) {
    std::error_code failure;
    if (std::filesystem::status(path, failure).type() == std::filesystem::file_type::not_found)
        throw Error(ErrorCode::not_found, path.string() + ": no such file; expected the table of a teacher");
    std::ifstream file(path, std::ios::binary);
    std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
    if (!file || bytes.empty()) throw Error(ErrorCode::unreadable, path.string() + ": cannot be read, or is empty");
    return bytes;
}

// Reads the fields of one table; whatever is wrong is an error that names the file and the field.
class TableReader {
public:
    TableReader(const std::filesystem::path& path, json content) : path_(path), content_(std::move(content)) {}

    TeacherTable read() const {
        if (field("format") != "earmark-teacher-table" || field("version") != 1)
            fail("format", "expected earmark-teacher-table, version 1");
        TeacherTable table;
        table.teacher = text("teacher");
        table.kind = kind();
        table.window_s = window();
        table.columns = columns();
        table.offsets = numbers("offsets", table.columns.size());
        table.steps = numbers("steps", table.columns.size());
        const std::size_t row_count = read_rows(table);
        table.codes = codes(row_count * table.columns.size());
        return table;
    }

private:
    [[noreturn]] void fail(const std::string& name, const std::string& problem) const {
        throw Error(ErrorCode::invalid_dataset, path_.string() + ": " + name + ": " + problem);
    }

    const json& field(const std::string& name) const {
        const auto found = content_.find(name);
        if (found == content_.end()) fail(name, "missing; expected the table of a teacher");
        return *found;
    }

    std::string text(const std::string& name) const {
        if (!field(name).is_string()) fail(name, "expected a text");
        return field(name).get<std::string>();
    }

    TeacherKind kind() const {
        const std::string name = text("kind");
        if (name == "probabilities") return TeacherKind::probabilities;
        if (name == "embeddings") return TeacherKind::embeddings;
        fail("kind", "expected probabilities or embeddings");
    }

    double window() const {
        const json& value = field("window_s");
        if (!value.is_number() || !(value.get<double>() > 0.0) || !(value.get<double>() <= 3600.0))
            fail("window_s", "expected seconds, from above 0 to 3600");
        return value.get<double>();
    }

    std::vector<std::string> columns() const {
        const json& list = field("columns");
        const auto is_text = [](const json& name) { return name.is_string(); };
        if (!list.is_array() || list.empty() || !std::ranges::all_of(list, is_text))
            fail("columns", "expected a list of names");
        return list.get<std::vector<std::string>>();
    }

    std::vector<float> numbers(const std::string& name, std::size_t count) const {
        const json& list = field(name);
        const auto is_finite = [](const json& value) { return value.is_number() && std::isfinite(value.get<float>()); };
        if (!list.is_array() || list.size() != count || !std::ranges::all_of(list, is_finite))
            fail(name, "expected " + std::to_string(count) + " finite numbers, one a column");
        return list.get<std::vector<float>>();
    }

    // Returns how many there are.
    std::size_t read_rows(TeacherTable& table) const {
        const json& clips = field("clips");
        if (!clips.is_array() || clips.empty()) fail("clips", "expected a list of clips");
        constexpr std::size_t most_windows = 10'000'000;
        std::size_t first = 0;
        for (const json& clip : clips) {
            const bool is_valid = clip.is_object() && clip.contains("path") && clip["path"].is_string() &&
                                  clip.contains("windows") && clip["windows"].is_number_unsigned() &&
                                  clip["windows"] > 0 && clip["windows"] <= most_windows;
            if (!is_valid) fail("clips", "expected path and windows, a whole number above 0, of each clip");
            const auto count = clip["windows"].get<std::size_t>();
            if (!table.rows.emplace(clip["path"].get<std::string>(), TeacherTable::Rows{first, count}).second)
                fail("clips", clip["path"].get<std::string>() + " is there twice");
            first += count;
        }
        return first;
    }

    std::vector<std::uint8_t> codes(std::size_t count) const {
        const json& value = field("codes");
        if (!value.is_binary() || value.get_binary().size() != count)
            fail("codes", "expected " + std::to_string(count) + " bytes, one a window and column");
        const auto& bytes = value.get_binary();
        return {bytes.begin(), bytes.end()};
    }

    const std::filesystem::path& path_;
    json content_;
};

}  // namespace

const TeacherTable::Rows* TeacherTable::find(const std::filesystem::path& file) const {
    // The name of a clip starts somewhere between two folders of its path.
    const std::string whole = file.lexically_normal().generic_string();
    for (std::size_t start = 0; start != std::string::npos;) {
        const auto found = rows.find(whole.substr(start));
        if (found != rows.end()) return &found->second;
        const std::size_t slash = whole.find('/', start);
        start = slash == std::string::npos ? slash : slash + 1;
    }
    return nullptr;
}

void TeacherTable::copy(const Rows& of_clip, double seconds, std::span<float> target) const {
    const auto window = static_cast<std::size_t>(std::max(0.0, seconds) / window_s);
    const std::size_t row = of_clip.first + std::min(window, of_clip.count - 1);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const float value = offsets[i] + steps[i] * static_cast<float>(codes[row * columns.size() + i]);
        target[i] = kind == TeacherKind::probabilities ? 1.0F / (1.0F + std::exp(-value)) : value;
    }
}

TeacherTable read_teacher_table(const std::filesystem::path& path) {
    const std::vector<char> bytes = read_bytes(path);
    json content = json::from_cbor(bytes, true, false);
    if (content.is_discarded() || !content.is_object())
        throw Error(ErrorCode::invalid_dataset, path.string() + ": expected the table of a teacher, a CBOR file");
    TeacherTable table = TableReader(path, std::move(content)).read();
    table.identity = checksum_text(checksum({std::as_bytes(std::span(bytes))}));
    return table;
}

}  // namespace earmark
