#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>

#include "earmark/export.h"

namespace earmark {

/// What a file states about its music, as FFmpeg reads the fields of each format: UTF-8, at most 1,000 bytes each,
/// empty where the file has none. Several values of a field are joined by ";".
struct EARMARK_EXPORT StatedFields {
    std::string title{};
    std::string artist{};
    std::string album{};
    std::string album_artist{};
    std::string genre{};
    std::optional<int> year{};               ///< within [1000, 2999]
    std::string musicbrainz_recording_id{};  ///< of the recording, which most formats name "MusicBrainz Track Id"
    std::string musicbrainz_release_id{};
    std::string musicbrainz_artist_id{};
};

/// What is known of a file without decoding it. A plain value, as StatedFields.
struct EARMARK_EXPORT FileContents {
    /// Of the compressed audio: XXH3 with 128 bits, as 32 hexadecimal digits, of the packets of the audio stream that
    /// AudioReader would read, one after the other as FFmpeg's demuxer gives them. It stays the same when the file is
    /// renamed or its fields are changed, whoever does it and wherever the fields are. Of modules and game music, which
    /// have no packets, it is that of the whole file.
    std::string audio_digest;

    std::optional<double> duration_s;  ///< AudioReader::declared_duration_s
    StatedFields fields;               ///< empty where they cannot be read
};

/// Reads the whole file once, at the speed of the disk. Throws Error that starts with the path: not_found, unreadable,
/// not_audio, damaged_audio (the header, or there is no packet), canceled. Thread-safe.
EARMARK_EXPORT FileContents read_file_contents(const std::filesystem::path& path, const std::stop_token& stop = {});

/// FileContents::audio_digest alone. Throws as read_file_contents does. Thread-safe.
EARMARK_EXPORT std::string audio_digest(const std::filesystem::path& path, const std::stop_token& stop = {});

}  // namespace earmark
