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

/// Reads the fields of files, passes over those where nothing can change, makes the plan of the others from their
/// tags, and prints it. From any thread.
class PlanReport {
public:
    /// Of the model only tags and thresholds are used; its identity is written into files. `model` and `progress` must
    /// outlive it.
    PlanReport(const Model& model, std::string identity, PlanRequest request, BatchProgress& progress);

    /// Reads the fields of a file, by the index that its result will have. False when nothing of it can change, which
    /// is counted. Throws Error that starts with the path.
    bool begin(std::size_t index, const Input& input);

    /// Prints what is to change. Throws Error (unwritable).
    void take(const PoolResult& result);

    /// Prints messages.
    void print(const std::vector<std::string>& messages);

    /// Prints why something that was asked for is not done.
    void fail(const std::string& message);

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
    BatchProgress& progress_;
    std::mutex mutex_;  ///< of all below
    std::map<std::size_t, Candidate> candidates_;
    std::size_t unchanged_count_ = 0;
    std::vector<std::string> not_writable_;
    ExitStatus status_ = ExitStatus::all_done;
};

}  // namespace earmark
