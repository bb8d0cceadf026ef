#include <unordered_map>

#include "datasets/import/import.h"
#include "datasets/import/lists.h"
#include "datasets/import/tag_category.h"

namespace earmark {
namespace {

struct Track {
    std::string id;
    std::string genre;
};

std::vector<Track> read_tracks(const std::filesystem::path& path) {
    std::vector<Track> tracks;
    for (const TextLine& line : read_text_lines(path)) {
        if (line.text.starts_with('#')) continue;
        const auto fields = split_text(line.text, '\t');
        if (fields.size() < 2 || fields.size() > 3 || trimmed(fields[0]).empty() || trimmed(fields[1]).empty()) {
            throw line_error(path, line.number, "expected TRACKID<TAB>Genre, found '" + line.text + "'");
        }
        require_track_id(trimmed(fields[0]), path, line.number);
        tracks.push_back({std::string(trimmed(fields[0])), std::string(trimmed(fields[1]))});
    }
    if (tracks.empty()) throw Error(ErrorCode::invalid_dataset, path.string() + ": has no tracks");
    return tracks;
}

ListedClip clip_of(const Track& track, const std::string& split) {
    ListedClip listed;
    listed.clip.path = track.id;
    listed.clip.split = split;
    listed.clip.labels = {label_in_category("genre", track.genre)};
    return listed;
}

}  // namespace

Imported import_tagtraum(const std::filesystem::path& genres, const std::vector<std::filesystem::path>& lists) {
    const std::vector<Track> tracks = read_tracks(genres);
    std::unordered_map<std::string, const Track*> by_id;
    for (const Track& track : tracks) {
        if (!by_id.emplace(track.id, &track).second) {
            throw Error(ErrorCode::invalid_dataset, genres.string() + ": " + track.id + " occurs twice");
        }
    }
    Imported imported;
    if (lists.empty()) {
        for (const Track& track : tracks) imported.clips.push_back(clip_of(track, ""));
    }
    for_each_line(split_lists(lists), "msd_id", [&](const SplitList& list, const TextLine& line, const auto& fields) {
        const std::string id(trimmed(fields[0]));
        require_track_id(id, list.path, line.number);
        if (const auto place = by_id.find(id); place != by_id.end())
            imported.clips.push_back(clip_of(*place->second, list.split));
        else
            imported.left_out.push_back({id, list.split, "has no genre in " + genres.filename().string(), true});
    });
    imported.tags = labels_by_frequency(imported.clips);
    return imported;
}

}  // namespace earmark
