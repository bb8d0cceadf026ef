#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "earmark/error.h"
#include "earmark/export.h"
#include "earmark/file_tagger.h"
#include "earmark/tagger.h"

namespace earmark {

/// One thing to tag: a file, or the bytes of one. A plain value, as PoolResult.
struct EARMARK_EXPORT PoolItem {
    std::filesystem::path path;                   ///< of the file; with `bytes`, a name for it
    std::optional<std::vector<std::byte>> bytes;  ///< if given, used instead of the file
    std::optional<Error> error;                   ///< if given, nothing is read, and this is the result of the item
    std::optional<ClipResult> clip{};             ///< likewise, known from before
};

/// What came of an item: a result, or an error.
struct EARMARK_EXPORT PoolResult {
    std::size_t index = 0;       ///< of the item, in the order in which the source gave them, from 0
    std::filesystem::path path;  ///< of the item
    ClipResult clip;             ///< empty where there is an error
    std::optional<Error> error;  ///< its message starts with the path
};

struct EARMARK_EXPORT TaggerPoolOptions {
    std::size_t worker_count = 0;          ///< threads, each with a Tagger of its own; 0: one per core
    std::size_t most_waiting_count = 512;  /**< results (about 10 KB each) that may wait to be taken; workers wait while
                                                there are more */
    bool in_order = true;                  ///< results in the order of the items, else as they come
    std::optional<double> max_duration_s;  ///< ReadOptions::max_duration_s of every item
    std::optional<double> time_limit_s = ReadOptions{}.time_limit_s;  ///< likewise
    TaggerOptions tagger;

    /// Called on the thread that called run() when, a second after `stop` was requested, a worker still has not ended:
    /// it may wait for a disk that does not answer. The results that are finished are taken by then, so that a program
    /// may exit here. If it returns, run() waits for the workers.
    std::function<void()> on_stuck{};

    /// ReadOptions::on_progress of the item with this index (PoolResult::index). Called by the workers, by several at a
    /// time; it must not throw.
    std::function<void(std::size_t index, double seconds_done, std::optional<double> seconds_declared)> on_progress{};

    /// ReadOptions::on_samples of the item with this index. Called by the workers, by several at a time; what it throws
    /// is the error of the item.
    std::function<void(std::size_t index, std::span<const float> mono, int sample_rate_hz)> on_samples{};

    /// Tagger::visit_segments of the item with this index. Called as on_progress is; it must not throw.
    std::function<void(std::size_t index, const SegmentMaxima& segment)> on_segment{};
};

/// Tags many files at a time, one on each thread; all share the model. The result of an item does not depend on the
/// number of threads. The Taggers are made when they are first needed and kept for the next run(). A pool belongs to
/// one thread at a time.
class EARMARK_EXPORT TaggerPool {
public:
    /// REQUIRES: a model that passes its check(). Throws no Error; run() throws what a Tagger's constructor throws.
    explicit TaggerPool(std::shared_ptr<const Model> model, const TaggerPoolOptions& options = {});
    TaggerPool(TaggerPool&&) noexcept;
    TaggerPool& operator=(TaggerPool&&) noexcept;
    ~TaggerPool();

    /// The next item, nothing after the last. Called by the workers, by one at a time, as soon as one is free and there
    /// is room for its result, so that a list need not be known to its end before the work starts. It may wait (for
    /// example for a line of a pipe), and should return nothing when the token is requested meanwhile.
    using Source = std::function<std::optional<PoolItem>(const std::stop_token&)>;

    /// Takes a result, on the thread that called run().
    using Take = std::function<void(PoolResult)>;

    /// Tags all items and returns how many results were taken. An item that fails gives a result with an error and
    /// never ends the run. At most most_waiting_count + worker_count items are worked on or finished and not yet taken:
    /// a slow `take` makes the workers wait and never makes memory grow.
    ///
    /// When `stop` is requested, no more items are begun, those in work are given up, and the results that are finished
    /// are taken; then it returns. What `source` or `take` throws ends the run in the same way (after `take` threw, no
    /// more results are taken) and is thrown on, as is Error (usage) when this processor cannot run the precision.
    std::size_t run(const Source& source, const Take& take, const std::stop_token& stop = {});

    /// The same for files that are known.
    std::size_t run(std::span<const std::filesystem::path> files, const Take& take, const std::stop_token& stop = {});

private:
    class Implementation;
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace earmark
