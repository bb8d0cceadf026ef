#pragma once

#include <cstddef>
#include <vector>

#include "earmark/model.h"

namespace earmark {

/// Whether a tag has a field that format version 4 added.
bool has_facts(const Tag& tag) noexcept;

/// The oldest format version that has what the model needs.
int oldest_format_version(const Model& model) noexcept;

/// The file as programs wrote it before files had a checksum: in the oldest format version. The identity of a model is
/// the hash of these bytes, and must not change. Throws Error (invalid_model).
std::vector<std::byte> serialize_without_checksum(const Model& model);

}  // namespace earmark
