#pragma once

#include <string>

namespace earmark {

/// A number with a minus sign, which is as wide as a plus sign, instead of a hyphen.
inline std::string with_minus_sign(std::string number) {
    if (number.starts_with('-')) number.replace(0, 1, "\xE2\x88\x92");
    return number;
}

}  // namespace earmark
