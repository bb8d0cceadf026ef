#pragma once

#include <CLI/App.hpp>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>

namespace earmark {

/// --top N, from `least` to `greatest`. The value that `most` has now is the default.
CLI::Option* add_top_option(CLI::App& command, std::size_t& most, const std::string& what, std::uint64_t least = 1,
                            std::uint64_t greatest = std::numeric_limits<std::uint64_t>::max());

}  // namespace earmark
