#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace earmark::metadata {

/// The genre that ID3v1, ID3v2 ("(17)") and MP4 (gnre, from 1 on) mean by a number.
std::optional<std::string_view> id3v1_genre(std::uint64_t number) noexcept;

}  // namespace earmark::metadata
