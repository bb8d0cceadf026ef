#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace earmark {

/// A track of a playlist. Texts are empty and the duration is 0 where they are not known.
struct PlaylistTrack {
    std::filesystem::path path;  ///< absolute
    std::string title;
    std::string artist;
    std::string album;
    double duration_s = 0.0;
};

struct Playlist {
    std::string title{};
    std::vector<PlaylistTrack> tracks{};
    std::filesystem::path folder{};  ///< if not empty, an absolute one that paths are written relative to
};

/// Extended M3U in UTF-8, with #EXTINF lines; bytes of paths are written as they are. A path with a line end cannot be
/// written: `passed_over` counts these.
std::string m3u8_text(const Playlist& playlist, std::size_t& passed_over);

/// JSPF, the JSON form of XSPF (https://www.xspf.org/jspf): locations are file: URIs, or relative references.
std::string jspf_text(const Playlist& playlist);

/// The files that a playlist names, in its order, absolute: M3U and M3U8 (lines that do not start with '#') or JSPF, by
/// its ending; relative ones are meant relative to the playlist. Streams are passed over. Throws Error: not_found,
/// unreadable.
std::vector<std::filesystem::path> read_playlist(const std::filesystem::path& file);

/// By its ending: .m3u, .m3u8, .jspf.
bool is_playlist(const std::filesystem::path& file);

}  // namespace earmark
