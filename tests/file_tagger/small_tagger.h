#pragma once

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "earmark/tagger.h"
#include "tests/support/small_model.h"

namespace earmark {

inline std::shared_ptr<const Model> shared_small_model() {
    static const auto model = std::make_shared<const Model>(small_model());
    return model;
}

inline Tagger small_tagger() { return Tagger(shared_small_model(), {Precision::float32}); }

/// A recording of tests/golden/decode.
inline std::filesystem::path recording(const std::string& name) {
    return std::filesystem::path(EARMARK_GOLDEN_DIR) / "decode" / name;
}

inline std::vector<std::byte> bytes_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto* first = reinterpret_cast<const std::byte*>(text.data());
    return {first, first + text.size()};
}

}  // namespace earmark
