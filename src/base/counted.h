#pragma once

#include <cstdint>
#include <string>

namespace earmark {

/// "1 clip", "3 clips". `one` forms its plural with an s.
inline std::string counted(std::uint64_t count, const std::string& one) {
    return std::to_string(count) + " " + one + (count == 1 ? "" : "s");
}

}  // namespace earmark
