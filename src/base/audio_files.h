#pragma once

#include <filesystem>

namespace earmark {

/// Whether the ending of a name is one of those that audio files have, in upper or lower case. The file is not opened.
bool has_audio_ending(const std::filesystem::path& path);

}  // namespace earmark
