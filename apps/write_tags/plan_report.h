#pragma once

#include <cstddef>
#include <cstdint>
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
#include "apps/write_tags/not_writable.h"
#include "apps/write_tags/planned_changes.h"
#include "earmark/tagger_pool.h"

namespace earmark {

/// What the user wants to be planned.
struct PlanRequest {
    ValueChoice choice;
    WriteMode mode = WriteMode::fill;
    bool adds_to_comment = false;
    bool takes_unsure = false;  ///< also files that are unlike the music of the training
    metadata::Plan plan;        ///< without files
};

/// How a plan ends.
struct PlanEnd {
    std::string file;
    bool is_written_when_empty = false;  ///< else no file is written when nothing would change
};

/// One file of a plan, for people: its path, its notes, and a line "genre: (none) -> Jazz; Soul" for each field.
std::string plan_as_text(const metadata::PlannedFile& file, const std::vector<std::string>& notes);

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
    ExitStatus finish(const PlanEnd& end);

private:
    struct Candidate {
        metadata::PlannedFile file;
        metadata::FileFields fields;
        std::uint64_t other_names = 0;
        bool is_found = false;
    };

    // The file, or nothing when it is counted already.
    std::optional<Candidate> candidate(const Input& input);
    void plan(Candidate candidate, const ClipResult& clip);
    void print_messages(const PoolResult& result);
    std::string next_step(const PlanEnd& end) const;
    std::string summary() const;

    const Model& model_;
    std::string identity_;
    PlanRequest request_;
    BatchProgress& progress_;
    std::mutex mutex_;  ///< of all below
    std::map<std::size_t, Candidate> candidates_;
    std::size_t unchanged_count_ = 0;
    std::size_t unsure_count_ = 0;
    NotWritable not_writable_;
    ExitStatus status_ = ExitStatus::all_done;
};

}  // namespace earmark
