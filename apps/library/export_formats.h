#pragma once

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

#include "apps/library/exported_track.h"

namespace earmark {

/// A row for each track, a column for each tag.
void write_csv(std::ostream& stream, ExportReader& reader, const std::vector<std::string>& labels);

/// An object for each track, a line each.
void write_json_lines(std::ostream& stream, ExportReader& reader, const std::vector<std::string>& labels);

/// The embeddings as a NumPy archive, with FILE.json, as `earmark embed --out FILE` writes them; tracks without one are
/// left out. Throws Error (unwritable).
void write_embeddings(const std::filesystem::path& file, ExportReader& reader, const catalogue::SearchedModel& model);

}  // namespace earmark
