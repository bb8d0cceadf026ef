#include <algorithm>
#include <array>
#include <charconv>
#include <iomanip>
#include <map>
#include <sstream>

#include "datasets/import/import.h"
#include "datasets/import/tag_category.h"
#include "datasets/text/csv.h"
#include "datasets/text/table.h"
#include "datasets/text/text_lines.h"

namespace earmark {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 4> subsets{"small", "medium", "large", "full"};

std::size_t size_of_subset(std::string_view name) { return std::ranges::find(subsets, name) - subsets.begin(); }

using GenreNames = std::map<int, std::string>;

std::optional<int> whole_number(std::string_view text) {
    int number = 0;
    const auto [rest, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc() || rest != text.data() + text.size()) return std::nullopt;
    return number;
}

GenreNames read_genres(const fs::path& path) {
    Table table(path);
    const std::size_t id = table.require("genre_id");
    const std::size_t title = table.require("title");
    GenreNames names;
    while (const auto row = table.next()) {
        const auto number = whole_number(row->fields[id]);
        if (!number)
            throw line_error(path, row->line, "expected a number as genre_id, found '" + row->fields[id] + "'");
        names.emplace(*number, row->fields[title]);
    }
    return names;
}

// tracks.csv: two lines of column names, one above the other, and a third with the name of the first column.
class TracksReader {
public:
    TracksReader(fs::path path, std::string_view subset)
        : path_(std::move(path)), file_(open_text(path_)), reader_(file_, path_, ','), subset_(size_of_subset(subset)) {
        read_header();
    }

    Imported read(FmaGenres genres, const GenreNames& names) {
        Imported imported;
        while (const auto row = next()) {
            if (!is_in_subset(*row)) continue;
            ListedClip listed = parse(*row);
            listed.clip.labels = genres == FmaGenres::top ? top_genre(*row) : all_genres(*row, names);
            if (listed.clip.labels.empty())
                imported.left_out.push_back({listed.clip.path, listed.clip.split, "has no genre", false});
            else
                imported.clips.push_back(std::move(listed));
        }
        return imported;
    }

private:
    void read_header() {
        const auto above = reader_.next();
        const auto below = reader_.next();
        const auto index = reader_.next();
        if (!index || index->fields.front() != "track_id" || above->fields.size() != below->fields.size()) {
            throw line_error(path_, index ? index->line : 1,
                             "expected the three header lines of FMA's tracks.csv, the third with track_id");
        }
        above_ = above->fields;
        below_ = below->fields;
        split_ = column("set", "split");
        subset_column_ = column("set", "subset");
        artist_ = column("artist", "name");
        duration_ = column("track", "duration");
        top_ = column("track", "genre_top");
        all_ = column("track", "genres_all");
    }

    std::size_t column(std::string_view above, std::string_view below) const {
        for (std::size_t i = 0; i < above_.size(); ++i) {
            if (above_[i] == above && below_[i] == below) return i;
        }
        throw line_error(path_, 1, "no column (" + std::string(above) + ", " + std::string(below) + ")");
    }

    std::optional<CsvRecord> next() {
        auto row = reader_.next();
        if (row && row->fields.size() != above_.size()) {
            throw line_error(
                path_, row->line,
                "expected " + std::to_string(above_.size()) + " fields, found " + std::to_string(row->fields.size()));
        }
        return row;
    }

    bool is_in_subset(const CsvRecord& row) const {
        const std::string& name = row.fields[subset_column_];
        const std::size_t size = size_of_subset(name);
        if (size == subsets.size()) {
            throw line_error(path_, row.line, "expected small, medium, large or full as subset, found '" + name + "'");
        }
        return size <= subset_;
    }

    ListedClip parse(const CsvRecord& row) const {
        const auto id = whole_number(row.fields[0]);
        if (!id || *id < 0) {
            throw line_error(path_, row.line, "expected a number as track_id, found '" + row.fields[0] + "'");
        }
        std::ostringstream name;
        name << std::setw(6) << std::setfill('0') << *id;
        ListedClip listed;
        listed.clip.path = name.str().substr(0, 3) + "/" + name.str() + ".mp3";
        listed.clip.artist = row.fields[artist_];
        listed.clip.split = row.fields[split_] == "training"     ? "train"
                            : row.fields[split_] == "validation" ? "valid"
                                                                 : row.fields[split_];
        // Of the whole track: the clips of all subsets but the full one are of 30 s at most.
        const double longest_s = subset_ == size_of_subset("full") ? 1e9 : 30.0;
        listed.duration_s = std::min<double>(whole_number(row.fields[duration_]).value_or(0), longest_s);
        return listed;
    }

    std::vector<std::string> top_genre(const CsvRecord& row) const {
        const std::string& genre = row.fields[top_];
        return genre.empty() ? std::vector<std::string>{} : std::vector<std::string>{label_in_category("genre", genre)};
    }

    // "[21, 76]"
    std::vector<std::string> all_genres(const CsvRecord& row, const GenreNames& names) const {
        std::string_view text = trimmed(row.fields[all_]);
        if (!text.starts_with('[') || !text.ends_with(']')) {
            throw line_error(path_, row.line,
                             "expected a list such as [21, 76] as genres_all, found '" + row.fields[all_] + "'");
        }
        text = text.substr(1, text.size() - 2);
        std::vector<std::string> labels;
        for (const auto part : split_text(text, ',')) {
            if (trimmed(text).empty()) break;
            const auto number = whole_number(trimmed(part));
            const auto name = number ? names.find(*number) : names.end();
            if (name == names.end()) {
                throw line_error(path_, row.line, "genre '" + std::string(trimmed(part)) + "' is not in genres.csv");
            }
            add_label(labels, label_in_category("genre", name->second));
        }
        return labels;
    }

    fs::path path_;
    std::ifstream file_;
    CsvReader reader_;
    std::size_t subset_;
    std::vector<std::string> above_;
    std::vector<std::string> below_;
    std::size_t split_ = 0;
    std::size_t subset_column_ = 0;
    std::size_t artist_ = 0;
    std::size_t duration_ = 0;
    std::size_t top_ = 0;
    std::size_t all_ = 0;
};

}  // namespace

Imported import_fma(const fs::path& metadata, const std::string& subset, FmaGenres genres) {
    const fs::path tracks = fs::is_directory(metadata) ? metadata / "tracks.csv" : metadata;
    GenreNames names;
    if (genres == FmaGenres::all) names = read_genres(tracks.parent_path() / "genres.csv");
    Imported imported = TracksReader(tracks, subset).read(genres, names);
    imported.tags = labels_by_frequency(imported.clips);
    return imported;
}

}  // namespace earmark
