#include <array>
#include <charconv>

#include "datasets/import/import.h"
#include "datasets/import/lists.h"
#include "datasets/import/tag_category.h"

namespace earmark {
namespace {

namespace fs = std::filesystem;

// data/splits/split-0/autotagging_genre-train.tsv; the whole set is autotagging-train.tsv.
std::vector<fs::path> files_of(const fs::path& folder, const JamendoSelection& selection) {
    fs::path splits = folder / "splits";
    if (!fs::is_directory(splits) && fs::is_directory(folder / "data" / "splits")) splits = folder / "data" / "splits";
    const fs::path chosen = splits / ("split-" + std::to_string(selection.split));
    const std::string name = selection.subset == "all" ? "autotagging" : "autotagging_" + selection.subset;
    std::vector<fs::path> files;
    for (const char* split : {"train", "validation", "test"}) files.push_back(chosen / (name + "-" + split + ".tsv"));
    return files;
}

// "mood/theme---calm" is "mood---calm".
std::string neutral_label(std::string_view label) {
    constexpr std::string_view moods = "mood/theme---";
    return label.starts_with(moods) ? label_in_category("mood", label.substr(moods.size()))
                                    : label_in_category("", label);
}

std::optional<double> number_from(std::string_view text) {
    double number = 0.0;
    const auto [rest, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc() || rest != text.data() + text.size()) return std::nullopt;
    return number;
}

ListedClip parse_track(const SplitList& list, const TextLine& line, const std::vector<std::string_view>& fields) {
    constexpr std::size_t artist = 1;
    constexpr std::size_t path = 3;
    constexpr std::size_t duration = 4;
    constexpr std::size_t first_tag = 5;
    if (fields.size() < first_tag) {
        throw line_error(list.path, line.number,
                         "expected TRACK_ID, ARTIST_ID, ALBUM_ID, PATH, DURATION and tags between TABs");
    }
    const auto duration_s = number_from(trimmed(fields[duration]));
    if (!duration_s) {
        throw line_error(list.path, line.number,
                         "expected a duration in seconds, found '" + std::string(fields[duration]) + "'");
    }
    ListedClip listed;
    listed.duration_s = *duration_s;
    listed.clip.path = std::string(trimmed(fields[path]));
    listed.clip.split = list.split;
    listed.clip.artist = trimmed(fields[artist]);
    for (std::size_t i = first_tag; i < fields.size(); ++i) {
        if (!trimmed(fields[i]).empty()) add_label(listed.clip.labels, neutral_label(trimmed(fields[i])));
    }
    return listed;
}

}  // namespace

Imported import_jamendo(const std::vector<fs::path>& sources, const JamendoSelection& selection) {
    const bool is_repository = sources.size() == 1 && fs::is_directory(sources.front());
    const auto files = is_repository ? files_of(sources.front(), selection) : sources;
    Imported imported;
    for_each_line(split_lists(files), "TRACK_ID", [&](const SplitList& list, const TextLine& line, const auto& fields) {
        imported.clips.push_back(parse_track(list, line, fields));
    });
    imported.tags = labels_by_frequency(imported.clips);
    return imported;
}

}  // namespace earmark
