#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace earmark::catalogue {

/// PRAGMA application_id of the database of a music library: "ERMK".
inline constexpr std::int64_t application_id = 0x45524d4b;

/// What makes version N + 1 of the database out of version N, for N from 0; docs/catalogue.md describes the tables.
/// What was released is never edited: a change is a new migration at the end.
std::span<const std::string_view> migrations() noexcept;

}  // namespace earmark::catalogue
