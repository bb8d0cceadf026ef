#pragma once

#include <memory>

#include "apps/common/exit_status.h"
#include "apps/common/inputs.h"
#include "apps/tag/batch_progress.h"
#include "apps/tag/result_writer.h"
#include "apps/tag/tagged_file.h"

namespace earmark {

/// Writes the results to standard output and messages to standard error, so that neither disturbs the other or the
/// progress on a terminal.
class BatchReport {
public:
    BatchReport(std::unique_ptr<ResultWriter> writer, const Model& model, const TagSelection& selection, Inputs& inputs,
                BatchProgress& progress);

    /// `is_found`: the file was not named itself, but found in a folder; then one with the ending of a container of
    /// video and without audio is passed over, and counted. Throws Error (unwritable).
    void take(const PoolResult& result, bool is_found);

    /// After the last result: the end of the output, and the closing summary. Throws Error (unwritable).
    ExitStatus finish();

private:
    void print_messages(const TaggedFile& file);

    std::unique_ptr<ResultWriter> writer_;
    const Model& model_;
    TagSelection selection_;
    Inputs& inputs_;
    BatchProgress& progress_;
    bool is_on_terminal_;  ///< the results
    ExitStatus status_ = ExitStatus::all_done;
};

}  // namespace earmark
