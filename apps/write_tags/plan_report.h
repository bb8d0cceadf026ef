#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "apps/common/exit_status.h"
#include "apps/common/inputs.h"
#include "apps/library/known_clips.h"
#include "apps/tag/batch_progress.h"
#include "apps/write_tags/chosen_values.h"
#include "apps/write_tags/planned_changes.h"
#include "earmark/tagger_pool.h"

namespace earmark {

/// What the user wants to be planned.
struct PlanRequest {
    ValueChoice choice;
    WriteMode mode = WriteMode::fill;
    bool adds_to_comment = false;
    metadata::Plan plan;  ///< without files
};

/// One file of a plan, for people: its path, and a line "genre: (none) -> Jazz; Soul" for each field.
std::string plan_as_text(const metadata::PlannedFile& file);

/// Reads the fields of files, passes over those where nothing can change, and makes the plan of the others from their
/// tags.
class PlanReport {
public:
    /// `known`: the database of a library, or null.
    PlanReport(const Model& model, PlanRequest request, Inputs& inputs, BatchProgress& progress, KnownClips* known);

    /// The next file that must be tagged. From the threads of a pool, one at a time.
    std::optional<PoolItem> next(const std::stop_token& stop);

    /// Prints what is to change. Throws Error (unwritable).
    void take(const PoolResult& result);

    /// The end of the output, and the plan. Throws Error (unwritable).
    ExitStatus finish(const std::string& plan_file);

private:
    struct Candidate {
        metadata::PlannedFile file;
        metadata::FileFields fields;
        bool is_found = false;
    };

    // The file, or nothing when it is counted already.
    std::optional<Candidate> candidate(const Input& input);
    void print_messages(const PoolResult& result);

    const Model& model_;
    std::string identity_;
    PlanRequest request_;
    Inputs& inputs_;
    BatchProgress& progress_;
    KnownClips* known_;
    std::mutex mutex_;  ///< of all below
    std::map<std::size_t, Candidate> candidates_;
    std::size_t next_index_ = 0;
    std::size_t unchanged_count_ = 0;
    std::vector<std::string> not_writable_;
    ExitStatus status_ = ExitStatus::all_done;
};

}  // namespace earmark
