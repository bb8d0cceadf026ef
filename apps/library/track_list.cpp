#include "apps/library/track_list.h"

#include <iostream>
#include <nlohmann/json.hpp>

#include "apps/common/csv_field.h"
#include "apps/common/format_option.h"
#include "apps/common/numbers.h"
#include "apps/common/option_checks.h"
#include "apps/common/program.h"
#include "apps/common/visible_text.h"
#include "apps/library/playlist.h"
#include "base/counted.h"
#include "base/write_file.h"
#include "earmark/error.h"

namespace earmark {
namespace {

std::string as_text(const TrackList& list) {
    std::string text;
    for (const TrackList::Entry& entry : list.entries)
        text += " " + fixed_number(entry.score, 2) + "  " + visible(entry.track.path.string()) + "\n";
    return text;
}

std::string as_json(const TrackList& list) {
    nlohmann::ordered_json json = nlohmann::ordered_json::array();
    for (const auto& [track, score] : list.entries) {
        nlohmann::ordered_json object{{"path", as_utf8(track.path.string())}, {list.score_name, rounded(score)}};
        if (!is_utf8(track.path.string())) object["path_bytes"] = hexadecimal(track.path.string());
        object["track_id"] = track.id;
        object["title"] = as_utf8(track.title);
        object["artist"] = as_utf8(track.artist);
        object["album"] = as_utf8(track.album);
        object["year"] = track.year ? nlohmann::ordered_json(*track.year) : nullptr;
        object["duration_s"] = track.duration_s > 0.0 ? nlohmann::ordered_json(rounded(track.duration_s)) : nullptr;
        json.push_back(std::move(object));
    }
    return json.dump(2) + "\n";
}

std::string as_csv(const TrackList& list) {
    std::string text = list.score_name + ",path,title,artist,album,year,duration_s,track_id\n";
    for (const auto& [track, score] : list.entries) {
        text += fixed_number(score, 6) + "," + csv_field(track.path.string()) + "," + csv_field(track.title) + "," +
                csv_field(track.artist) + "," + csv_field(track.album) + "," +
                (track.year ? std::to_string(*track.year) : "") + "," +
                (track.duration_s > 0.0 ? fixed_number(track.duration_s, 3) : "") + "," + std::to_string(track.id) +
                "\n";
    }
    return text;
}

// Relative to the folder of the file that is written, or to the current one.
std::filesystem::path folder_of(const TrackListOptions& options) {
    if (!options.is_relative) return {};
    return std::filesystem::absolute(options.out.empty() ? "x" : options.out).lexically_normal().parent_path();
}

Playlist playlist_of(const TrackList& list, const TrackListOptions& options) {
    Playlist playlist{list.title, {}, folder_of(options)};
    for (const auto& [track, score] : list.entries)
        playlist.tracks.push_back({track.path, track.title, track.artist, track.album, track.duration_s});
    return playlist;
}

std::string as_m3u8(const TrackList& list, const TrackListOptions& options) {
    std::size_t passed_over = 0;
    std::string text = m3u8_text(playlist_of(list, options), passed_over);
    if (passed_over > 0)
        print_message("passed over " + counted(passed_over, "track") +
                      " whose path has a line end, which an m3u8 playlist cannot hold");
    return text;
}

std::string format_of(const TrackListOptions& options) {
    if (options.format.empty() && options.out.empty()) return "text";
    return format_by_ending(
        options.format, options.out,
        {{".txt", "text"}, {".json", "json"}, {".csv", "csv"}, {".m3u8", "m3u8"}, {".m3u", "m3u8"}, {".jspf", "jspf"}});
}

bool is_playlist_format(const std::string& format) { return format == "m3u8" || format == "jspf"; }

}  // namespace

void add_track_list_options(CLI::App& command, TrackListOptions& options) {
    add_format_option(command, options.format, {"text", "json", "csv", "m3u8", "jspf"},
                      "Output format (default: by the ending of --out, else text)");
    command.add_option("--out", options.out, "File to write, instead of standard output")
        ->check(no_audio_file())
        ->type_name("PATH");
    command.add_flag("--relative", options.is_relative,
                     "Playlists have paths relative to the folder of --out, else to the current folder");
}

void check_track_list_options(const TrackListOptions& options) {
    if (options.is_relative && !is_playlist_format(format_of(options)))
        throw Error(ErrorCode::usage, "--relative: is for playlists; expected --format m3u8 or --format jspf with it");
    if (!options.out.empty()) check_writable(options.out);
}

std::string track_list_text(const TrackList& list, const TrackListOptions& options) {
    const std::string format = format_of(options);
    if (format == "json") return as_json(list);
    if (format == "csv") return as_csv(list);
    if (format == "m3u8") return as_m3u8(list, options);
    if (format == "jspf") return jspf_text(playlist_of(list, options));
    return as_text(list);
}

void write_track_list(const TrackList& list, const TrackListOptions& options) {
    const std::string text = track_list_text(list, options);
    if (!options.out.empty()) return write_file(options.out, text);
    std::cout << text;
    flush_standard_output();
}

}  // namespace earmark
