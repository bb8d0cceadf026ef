#include "base/audio_files.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>

namespace earmark {
namespace {

constexpr std::array<std::string_view, 31> audio_endings{
    ".mp3",  ".flac", ".ogg", ".oga", ".opus", ".m4a", ".m4b", ".aac", ".wav", ".aif", ".aiff",
    ".aifc", ".wma",  ".ape", ".wv",  ".mpc",  ".tta", ".tak", ".au",  ".snd", ".ac3", ".dts",
    ".mka",  ".mp2",  ".caf", ".dsf", ".dff",  ".amr", ".spx", ".w64", ".weba"};

}  // namespace

bool has_audio_ending(const std::filesystem::path& path) {
    std::string ending = path.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](unsigned char letter) { return std::tolower(letter); });
    return std::find(audio_endings.begin(), audio_endings.end(), ending) != audio_endings.end();
}

}  // namespace earmark
