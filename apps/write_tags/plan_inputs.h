#pragma once

#include <cstddef>
#include <optional>
#include <stop_token>

#include "apps/common/inputs.h"
#include "apps/library/known_clips.h"
#include "apps/write_tags/plan_report.h"

namespace earmark {

/// The files that arguments name, on their way through a pool into a plan.
class PlanInputs {
public:
    /// `known`: the database of a library, or null. All must outlive it.
    PlanInputs(Inputs& inputs, KnownClips* known, PlanReport& report);

    /// The next file that must be tagged. From the threads of a pool, one at a time.
    std::optional<PoolItem> next(const std::stop_token& stop);

    /// Puts what would change into the plan. Throws Error (unwritable).
    void take(const PoolResult& result);

private:
    Inputs& inputs_;
    KnownClips* known_;
    PlanReport& report_;
    std::size_t next_index_ = 0;
};

}  // namespace earmark
