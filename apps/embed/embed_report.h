#pragma once

#include <cstddef>
#include <mutex>
#include <optional>
#include <stop_token>
#include <vector>

#include "apps/common/exit_status.h"
#include "apps/common/inputs.h"
#include "apps/embed/embedded_file.h"
#include "apps/embed/embedding_writer.h"
#include "apps/tag/batch_progress.h"
#include "earmark/tagger_pool.h"

namespace earmark {

/// Gives a pool the inputs that have no embedding yet, passes on what came of them, and prints messages.
class EmbedReport {
public:
    EmbedReport(EmbeddingWriter& writer, Inputs& inputs, BatchProgress& progress);

    /// TaggerPool::Source.
    std::optional<PoolItem> next(const std::stop_token& stop);

    /// `result` and what a RowCollector made of it. Throws Error (unwritable).
    void take(const PoolResult& result, const EmbeddedFile& file);

    /// After the last result. Throws Error (unwritable).
    ExitStatus finish();

private:
    EmbeddingWriter& writer_;
    Inputs& inputs_;
    BatchProgress& progress_;
    std::mutex mutex_;  ///< of the writer, which knows what is there, and of the two below
    std::vector<bool> are_found_;
    std::size_t present_count_ = 0;
    ExitStatus status_ = ExitStatus::all_done;
};

}  // namespace earmark
