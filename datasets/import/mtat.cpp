#include <algorithm>
#include <array>
#include <numeric>
#include <set>
#include <unordered_map>

#include "datasets/import/import.h"
#include "datasets/import/lists.h"
#include "datasets/import/tag_category.h"
#include "datasets/text/table.h"

namespace earmark {
namespace {

// Files of no length in every copy of the data set.
const std::set<std::string, std::less<>> broken_clip_ids{"35644", "55753", "57881"};

// The first three clips with a tag, in the order of paths: the lists of Lee & Nam begin with the fourth.
constexpr std::array<std::string_view, 3> absent_from_clean_lists{
    "0/american_bach_soloists-j_s__bach__cantatas_volume_v-01-gleichwie_der_regen_und_schnee_vom_himmel_fallt_bwv_18_"
    "i_sinfonia-117-146.mp3",
    "0/american_bach_soloists-j_s__bach__cantatas_volume_v-03-gleichwie_der_regen_und_schnee_vom_himmel_fallt_bwv_18_"
    "iii_recitative_and_litany__mein_gott_hier_wird_mein_herze_sein-204-233.mp3",
    "0/american_bach_soloists-j_s__bach__cantatas_volume_v-03-gleichwie_der_regen_und_schnee_vom_himmel_fallt_bwv_18_"
    "iii_recitative_and_litany__mein_gott_hier_wird_mein_herze_sein-233-262.mp3"};

// "f/american_baroque-dances_and_suites-01-..." is by "american baroque".
std::string artist_of(const std::filesystem::path& path) {
    const std::string name = path.filename().string();
    std::string artist = name.substr(0, std::min(name.find('-'), name.size()));
    std::ranges::replace(artist, '_', ' ');
    return artist;
}

constexpr std::string_view audio_folders = "0123456789abcdef";

void require_clip_path(std::string_view path, const std::filesystem::path& list, std::size_t line) {
    const bool has_folder = path.size() > 2 && audio_folders.find(path[0]) != std::string_view::npos &&
                            path[1] == '/' && path.find('/', 2) == std::string_view::npos;
    if (has_folder && path.ends_with(".mp3")) return;
    throw line_error(list, line,
                     "expected a path such as f/NAME.mp3 (folders 0-9, a-f), found '" + std::string(path) + "'");
}

// REQUIRES: a path of the form above.
std::string split_of_folder(const std::string& path) {
    const auto place = audio_folders.find(path[0]);
    return place <= 0xb ? "train" : place == 0xc ? "valid" : "test";
}

ListedClip clip_at(std::string path) {
    ListedClip listed;
    listed.clip.artist = artist_of(path);
    listed.clip.path = std::move(path);
    return listed;
}

class AnnotationsReader {
public:
    explicit AnnotationsReader(const std::filesystem::path& path)
        : table_(path), id_(table_.require("clip_id")), path_(table_.require("mp3_path")) {
        for (std::size_t column = 0; column < table_.header().size(); ++column) {
            if (column != id_ && column != path_) columns_.push_back(column);
        }
        for (const std::size_t column : columns_) {
            const std::string& tag = table_.header()[column];
            labels_.push_back(label_of_tag(tag));
            if (std::ranges::count(labels_, labels_.back()) > 1) {
                throw line_error(path, table_.header_line(), "the tag '" + tag + "' occurs twice");
            }
        }
        sums_.resize(columns_.size());
    }

    Imported read() {
        Imported imported;
        while (const auto row = table_.next()) add(*row, imported);
        if (lines_of_paths_.empty()) {
            throw Error(ErrorCode::invalid_dataset,
                        table_.path().string() + ": has no clips; expected one line per clip");
        }
        std::vector<std::size_t> order(labels_.size());
        std::iota(order.begin(), order.end(), 0);
        std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return sums_[a] > sums_[b]; });
        for (const std::size_t tag : order) imported.tags.push_back(labels_[tag]);
        return imported;
    }

private:
    void add(const CsvRecord& row, Imported& imported) {
        check_path(row.fields[path_], row.line);
        ListedClip listed = clip_at(row.fields[path_]);
        Clip& clip = listed.clip;
        clip.split = split_of_folder(row.fields[path_]);
        for (std::size_t tag = 0; tag < columns_.size(); ++tag) {
            const std::string& value = row.fields[columns_[tag]];
            if (value != "0" && value != "1") {
                throw line_error(table_.path(), row.line,
                                 "expected 0 or 1 for '" + table_.header()[columns_[tag]] + "', found '" + value + "'");
            }
            if (value == "0") continue;
            clip.labels.push_back(labels_[tag]);
            ++sums_[tag];
        }
        if (broken_clip_ids.contains(row.fields[id_]))
            imported.left_out.push_back({clip.path, clip.split, "broken in the published audio", false});
        else
            imported.clips.push_back(std::move(listed));
    }

    void check_path(const std::string& path, std::size_t line) {
        require_clip_path(path, table_.path(), line);
        const auto [first, is_new] = lines_of_paths_.emplace(path, line);
        if (is_new) return;
        throw line_error(table_.path(), line, path + " is already on line " + std::to_string(first->second));
    }

    Table table_;
    std::size_t id_;
    std::size_t path_;
    std::vector<std::size_t> columns_;
    std::vector<std::string> labels_;
    std::vector<std::size_t> sums_;
    std::unordered_map<std::string, std::size_t> lines_of_paths_;
};

bool is_annotations(const std::filesystem::path& path) {
    if (std::filesystem::is_directory(path)) return false;
    std::string header;
    std::ifstream file = open_text(path);
    std::getline(file, header);
    return header.find("mp3_path") != std::string::npos || header.find("clip_id") != std::string::npos;
}

// A folder means the annotations in it, and the lists if it has any.
std::vector<std::filesystem::path> opened_folders(const std::vector<std::filesystem::path>& sources) {
    std::vector<std::filesystem::path> files;
    for (const auto& source : sources) {
        const auto annotations = source / "annotations_final.csv";
        const bool has_annotations = std::filesystem::is_directory(source) && std::filesystem::exists(annotations);
        if (has_annotations) files.push_back(annotations);
        if (!has_annotations || has_lists(source)) files.push_back(source);
    }
    return files;
}

Imported read_lists(const std::vector<SplitList>& lists) {
    Imported imported;
    for_each_line(lists, "path", [&](const SplitList& list, const TextLine& line, const auto& fields) {
        if (fields.size() != 2) throw line_error(list.path, line.number, "expected path<TAB>tags");
        require_clip_path(trimmed(fields[0]), list.path, line.number);
        ListedClip listed = clip_at(std::string(trimmed(fields[0])));
        listed.clip.split = list.split;
        for (const std::string& tag : listed_words(fields[1], ',')) add_label(listed.clip.labels, label_of_tag(tag));
        imported.clips.push_back(std::move(listed));
    });
    imported.tags = labels_by_frequency(imported.clips);
    return imported;
}

// The clips of the lists, with their splits, and the tags of the annotations.
Imported listed_part(Imported annotated, const std::vector<SplitList>& lists) {
    std::unordered_map<std::string, ListedClip> by_path;
    for (ListedClip& listed : annotated.clips) by_path.emplace(listed.clip.path.string(), std::move(listed));
    annotated.clips.clear();
    for_each_line(lists, "path", [&](const SplitList& list, const TextLine& line, const auto& fields) {
        const std::string path(trimmed(fields[0]));
        const auto place = by_path.find(path);
        if (place == by_path.end()) {
            const auto is_this = [&](const LeftOut& clip) { return clip.path == path; };
            if (std::ranges::any_of(annotated.left_out, is_this)) return;
            throw line_error(list.path, line.number, std::string(fields[0]) + " is not in the annotations");
        }
        annotated.clips.push_back(std::move(place->second));
        annotated.clips.back().clip.split = list.split;
    });
    return annotated;
}

bool is_absent(const std::string& path) {
    return std::ranges::find(absent_from_clean_lists, path) != absent_from_clean_lists.end();
}

Imported read_sources(const std::vector<std::filesystem::path>& named) {
    auto sources = opened_folders(named);
    const auto annotations = std::ranges::find_if(sources, is_annotations);
    if (annotations == sources.end()) return read_lists(split_lists(sources));
    Imported imported = AnnotationsReader(*annotations).read();
    sources.erase(annotations);
    return sources.empty() ? imported : listed_part(std::move(imported), split_lists(sources));
}

}  // namespace

Imported import_mtat(const std::vector<std::filesystem::path>& sources, MtatConvention convention) {
    Imported imported = read_sources(sources);
    if (convention == MtatConvention::clean) {
        leave_out(imported, false, [](const ListedClip& listed) {
            return is_absent(listed.clip.path.string()) ? "not in the lists of Lee & Nam" : "";
        });
    }
    return imported;
}

}  // namespace earmark
