#pragma once

#include <cstdint>
#include <string>

#include "base/counted.h"

namespace earmark {

/// What is to be known of a file that is replaced and has other names: hard links. REQUIRES: at least one.
inline std::string hard_link_note(std::uint64_t other_names) {
    return "has " + counted(other_names, "other name") + ", which " + (other_names == 1 ? "keeps" : "keep") +
           " the old fields (--in-place changes them all)";
}

}  // namespace earmark
