#include "apps/write_tags/plan_inputs.h"

#include "apps/common/pool_item.h"

namespace earmark {

PlanInputs::PlanInputs(Inputs& inputs, KnownClips* known, PlanReport& report)
    : inputs_(inputs), known_(known), report_(report) {}

std::optional<PoolItem> PlanInputs::next(const std::stop_token& stop) {
    while (const std::optional<Input> input = inputs_.next(stop)) {
        PoolItem item = pool_item(*input);
        try {
            if (!item.error && !report_.begin(next_index_, *input)) continue;
        } catch (const Error& error) {
            item.error = error;
        }
        if (known_ != nullptr && !item.error) item.clip = known_->find(item.path, stop);
        ++next_index_;
        return item;
    }
    return std::nullopt;
}

void PlanInputs::take(const PoolResult& result) {
    if (known_ != nullptr) known_->keep(result);
    report_.print(inputs_.take_notes());
    report_.take(result);
}

}  // namespace earmark
