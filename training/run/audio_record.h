#pragma once

#include <filesystem>
#include <vector>

#include "datasets/manifest/dataset.h"
#include "training/clips/log_mel_cache.h"

namespace earmark {

/// Notes the audio of a run that begins in the file `record`, or requires that it is still that. The file is
/// TAB-separated, `path bytes changed checksum`: size and time of the last change of each file, and the checksum of its
/// log-mel frames, or '-' where it could not be read. A clip is the same when size and time are, or else its frames: a
/// file that was copied, or got other tags, is the same. `readable` are the clips that can be read, `problems` the
/// others. REQUIRES: fill_cache(). Throws Error: usage (audio changed, can no longer be read, or only now; names the
/// first clips), invalid_dataset (the record is damaged; names the line), unwritable.
void claim_audio(const std::filesystem::path& record, const Dataset& readable, const std::vector<ClipProblem>& problems,
                 const LogMelCache& cache);

}  // namespace earmark
