#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "apps/common/inputs.h"
#include "apps/tag/tagged_file.h"
#include "earmark/precision.h"

namespace earmark {

struct BatchOptions {
    std::size_t worker_count = 1;
    Precision precision = Precision::automatic;
    TagSelection selection;
};

/// Tags files side by side, one a worker; all share the model. Calls `take` on the calling thread with each result in
/// the order of `inputs`, as soon as those before it are there. After Ctrl-C (interrupt.h) what has been done by then
/// is taken and the rest left. Returns how many were taken. What a worker or `take` throws is thrown on.
std::size_t tag_batch(const std::shared_ptr<const Model>& model, const std::vector<Input>& inputs,
                      const BatchOptions& options, const std::function<void(const TaggedFile&)>& take);

}  // namespace earmark
