#include "apps/library/playlist.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "apps/common/visible_text.h"
#include "apps/library/file_uri.h"

namespace earmark {
namespace {

// Of UTF-8, on one line.
std::string one_line(const std::string& text) {
    std::string line = as_utf8(text);
    for (char& character : line)
        if (character == '\n' || character == '\r') character = ' ';
    return line;
}

std::string artist_and_title(const PlaylistTrack& track) {
    if (track.title.empty()) return track.path.stem().string();
    return track.artist.empty() ? track.title : track.artist + " - " + track.title;
}

std::filesystem::path written_path(const Playlist& playlist, const PlaylistTrack& track) {
    return playlist.folder.empty() ? track.path : track.path.lexically_relative(playlist.folder);
}

}  // namespace

std::string m3u8_text(const Playlist& playlist, std::size_t& passed_over) {
    passed_over = 0;
    std::string text = "#EXTM3U\n";
    if (!playlist.title.empty()) text += "#PLAYLIST:" + one_line(playlist.title) + "\n";
    for (const PlaylistTrack& track : playlist.tracks) {
        std::string path = written_path(playlist, track).string();
        if (path.find_first_of("\n\r") != std::string::npos) {
            ++passed_over;
            continue;
        }
        if (path.starts_with('#')) path.insert(0, "./");
        const long seconds = track.duration_s > 0.0 ? std::lround(track.duration_s) : -1;
        text += "#EXTINF:" + std::to_string(seconds) + "," + one_line(artist_and_title(track)) + "\n" + path + "\n";
    }
    return text;
}

std::string jspf_text(const Playlist& playlist) {
    nlohmann::ordered_json tracks = nlohmann::ordered_json::array();
    for (const PlaylistTrack& track : playlist.tracks) {
        nlohmann::ordered_json json{{"location", {file_uri(written_path(playlist, track))}}};
        if (!track.title.empty()) json["title"] = as_utf8(track.title);
        if (!track.artist.empty()) json["creator"] = as_utf8(track.artist);
        if (!track.album.empty()) json["album"] = as_utf8(track.album);
        if (track.duration_s > 0.0) json["duration"] = std::lround(track.duration_s * 1000.0);
        tracks.push_back(std::move(json));
    }
    nlohmann::ordered_json json;
    if (!playlist.title.empty()) json["title"] = as_utf8(playlist.title);
    json["track"] = std::move(tracks);
    return nlohmann::ordered_json{{"playlist", std::move(json)}}.dump(2) + "\n";
}

}  // namespace earmark
