#pragma once

#include <cstdint>
#include <stdexcept>
#include <utility>

namespace earmark {

/// A whole number of JSON from a file. Throws std::invalid_argument for anything else and beyond the range of Number:
/// nlohmann's get() converts a float such as 1e30 as well, which is undefined behavior. `Json` is one of nlohmann's
/// types.
template <typename Number, typename Json>
Number whole_number(const Json& json) {
    if (json.is_number_unsigned()) {
        const auto value = json.template get<std::uint64_t>();
        if (std::in_range<Number>(value)) return static_cast<Number>(value);
    } else if (json.is_number_integer()) {
        const auto value = json.template get<std::int64_t>();
        if (std::in_range<Number>(value)) return static_cast<Number>(value);
    }
    throw std::invalid_argument("expected a whole number");
}

}  // namespace earmark
