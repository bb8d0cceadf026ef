#include <array>
#include <charconv>
#include <cmath>
#include <map>

#include "datasets/import/import.h"
#include "datasets/import/lists.h"
#include "datasets/import/tag_category.h"
#include "datasets/text/table.h"
#include "datasets/text/text_lines.h"
#include "datasets/text/unicode.h"

namespace earmark {
namespace {

constexpr std::array<std::string_view, 6> categories{"genre", "mood", "instrument", "voice", "era", "other"};

class TableReader {
public:
    TableReader(const std::filesystem::path& path, const TableColumns& columns, std::filesystem::path audio_folder)
        : table_(path),
          audio_folder_(std::move(audio_folder)),
          separator_(columns.tag_separator),
          path_(table_.require(columns.path)),
          tags_(table_.find(columns.tags)),
          split_(table_.find("split")),
          artist_(table_.find("artist")),
          known_(table_.find("known")),
          duration_(table_.find("duration_s")) {
        for (const auto category : categories) {
            if (const auto column = table_.find(category)) categories_.emplace_back(category, *column);
        }
        if (!tags_ && categories_.empty()) {
            throw line_error(
                table_.path(), table_.header_line(),
                "expected a column '" + columns.tags + "', or one of genre, mood, instrument, voice, era and other");
        }
    }

    Imported read() {
        while (const auto row = table_.next()) imported_.clips.push_back(parse(*row));
        return std::move(imported_);
    }

private:
    ListedClip parse(const CsvRecord& row) {
        ListedClip listed;
        Clip& clip = listed.clip;
        clip.path = path_of(row);
        if (tags_) add_labels(clip.labels, "", text(row, *tags_));
        for (const auto& [category, column] : categories_) add_labels(clip.labels, category, text(row, column));
        if (split_) clip.split = neutral_split(trimmed(text(row, *split_)));
        if (artist_) clip.artist = nfc(trimmed(text(row, *artist_)));
        if (known_) {
            std::vector<std::string> known;
            add_labels(known, "", text(row, *known_));
            if (!known.empty()) clip.known = std::move(known);
        }
        if (duration_) listed.duration_s = duration_of(row);
        return listed;
    }

    // The name of a file may be of any bytes, a text may not.
    std::filesystem::path path_of(const CsvRecord& row) {
        std::filesystem::path path(row.fields[path_]);
        if (path.empty()) throw line_error(table_.path(), row.line, "the path is empty");
        std::error_code failure;
        if (!is_valid_utf8(path.string()) && !std::filesystem::exists(audio_folder_ / path, failure))
            throw line_error(table_.path(), row.line, not_utf8("paths"));
        const auto [first, is_new] = lines_of_paths_.emplace(nfc(path.lexically_normal().string()), row.line);
        if (is_new) return path;
        throw line_error(table_.path(), row.line,
                         path.string() + " is already on line " + std::to_string(first->second));
    }

    std::string_view text(const CsvRecord& row, std::size_t column) const {
        const std::string& field = row.fields[column];
        if (is_valid_utf8(field)) return field;
        throw line_error(table_.path(), row.line, not_utf8("values of '" + table_.header()[column] + "'"));
    }

    void add_labels(std::vector<std::string>& labels, std::string_view category, std::string_view tags) {
        for (const auto& tag : listed_words(tags, separator_)) {
            if (label_spelling(tag).empty()) continue;
            note_spelling(imported_, tag);
            add_label(labels, label_in_category(category, tag));
        }
    }

    // Other words stay: a data set may have a split of its own.
    static std::string neutral_split(std::string_view text) {
        const std::string split = split_of_word(text);
        return split.empty() ? std::string(text) : split;
    }

    double duration_of(const CsvRecord& row) const {
        const std::string_view text = trimmed(row.fields[*duration_]);
        double duration_s = 0.0;
        const auto [rest, failure] = std::from_chars(text.data(), text.data() + text.size(), duration_s);
        const bool is_number = failure == std::errc() && rest == text.data() + text.size();
        if (text.empty() || (is_number && std::isfinite(duration_s) && duration_s >= 0.0)) return duration_s;
        throw line_error(table_.path(), row.line,
                         "expected a number of seconds as duration_s, found '" + std::string(text) + "'");
    }

    Imported imported_;
    Table table_;
    std::filesystem::path audio_folder_;
    char separator_;
    std::size_t path_;
    std::optional<std::size_t> tags_;
    std::optional<std::size_t> split_;
    std::optional<std::size_t> artist_;
    std::optional<std::size_t> known_;
    std::optional<std::size_t> duration_;
    std::vector<std::pair<std::string_view, std::size_t>> categories_;
    std::map<std::string, std::size_t> lines_of_paths_;  ///< by their names in NFC
};

void note_other_splits(Imported& imported) {
    std::map<std::string, std::size_t> counts;
    for (const ListedClip& listed : imported.clips) {
        if (split_of_word(listed.clip.split).empty() && !listed.clip.split.empty()) ++counts[listed.clip.split];
    }
    for (const auto& [split, count] : counts) {
        imported.notes.push_back("the split '" + split + "' of " + std::to_string(count) +
                                 " clips is not train, valid or test: training does not use it");
    }
}

}  // namespace

Imported import_table(const std::filesystem::path& table, const TableColumns& columns,
                      const std::filesystem::path& audio_folder) {
    Imported imported = TableReader(table, columns, audio_folder.empty() ? table.parent_path() : audio_folder).read();
    imported.audio_names = AudioNames::paths;
    if (imported.clips.empty()) {
        throw Error(ErrorCode::invalid_dataset, table.string() + ": has no clips; expected one line per clip");
    }
    note_other_splits(imported);
    imported.tags = labels_by_frequency(imported.clips);
    return imported;
}

}  // namespace earmark
