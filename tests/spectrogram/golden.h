#pragma once

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "earmark/spectrogram.h"

namespace earmark::test {

/// The settings of tests/golden/spectrogram/generate.py.
inline const SpectrogramSettings default_settings{};
inline const SpectrogramSettings musicnn_settings{16000, 512, 256, 96, 0.0, 8000.0, 10.0};
inline const SpectrogramSettings steep_settings{16000, 512, 256, 96, 0.0, 8000.0, 10000.0};
inline const SpectrogramSettings doubled_settings{44100, 2048, 1024, 128, 0.0, 11025.0, 10.0};
inline const SpectrogramSettings narrow_settings{8000, 256, 100, 40, 60.0, 3400.0, 1.0};

/// A file of raw float32.
inline std::vector<float> read_golden(const std::string& name) {
    const auto path = std::filesystem::path(EARMARK_GOLDEN_DIR) / "spectrogram" / (name + ".f32");
    std::vector<float> values(std::filesystem::file_size(path) / sizeof(float));
    std::ifstream file(path, std::ios::binary);
    file.read(reinterpret_cast<char*>(values.data()), static_cast<std::streamsize>(values.size() * sizeof(float)));
    if (!file) throw std::runtime_error("cannot read " + path.string());
    return values;
}

}  // namespace earmark::test
