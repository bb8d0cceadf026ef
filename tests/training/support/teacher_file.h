#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/temporary_folder.h"

namespace earmark {

/// A table as recipes/default/make-labels writes it, of 2 columns and windows of 0.5 s: value = -1 + 0.01 * code.
inline nlohmann::json teacher_content(const std::string& kind) {
    return {{"format", "earmark-teacher-table"},
            {"version", 1},
            {"teacher", "someone"},
            {"kind", kind},
            {"window_s", 0.5},
            {"columns", {"first", "second"}},
            {"offsets", {-1.0, -1.0}},
            {"steps", {0.01, 0.01}},
            {"clips", nlohmann::json::array()},
            {"codes", nlohmann::json::binary({})}};
}

/// Adds a clip with the codes of its windows, one after the other.
inline void add_clip(nlohmann::json& content, const std::string& path, const std::vector<std::uint8_t>& codes) {
    content["clips"].push_back({{"path", path}, {"windows", codes.size() / content["columns"].size()}});
    auto& all = content["codes"].get_binary();
    all.insert(all.end(), codes.begin(), codes.end());
}

inline std::filesystem::path write_teacher(const TemporaryFolder& folder, const std::string& name,
                                           const nlohmann::json& content) {
    const std::vector<std::uint8_t> bytes = nlohmann::json::to_cbor(content);
    return folder.write(name, std::string(bytes.begin(), bytes.end()));
}

}  // namespace earmark
