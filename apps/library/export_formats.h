#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "apps/common/one_file.h"
#include "apps/library/exported_track.h"

namespace earmark {

/// A row for each track, a column for each tag.
void write_csv(const TextSink& write, ExportReader& reader, const std::vector<std::string>& labels);

/// An object for each track, a line each.
void write_json_lines(const TextSink& write, ExportReader& reader, const std::vector<std::string>& labels);

/// The embeddings as a NumPy archive, with FILE.json, as `earmark embed --out FILE` writes them; tracks without one are
/// left out. Reads them twice, and holds one at a time: REQUIRES a transaction. Throws Error (unwritable).
void write_embeddings(const std::filesystem::path& file, catalogue::Database& database,
                      const catalogue::SearchedModel& model);

}  // namespace earmark
