#pragma once

#include <filesystem>

namespace earmark {

/// False when a file can be opened and is no audio, or a video without any. Thread-safe.
bool holds_audio(const std::filesystem::path& file);

}  // namespace earmark
