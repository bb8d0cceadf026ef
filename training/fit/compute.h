#pragma once

#include <c10/core/Device.h>

#include "earmark/precision.h"
#include "training/fit/device_choice.h"
#include "training/fit/events.h"

namespace earmark {

/// Where and how one run computes.
struct Compute {
    ComputeDevice device;
    Precision precision = Precision::float32;  ///< of step 1
};

c10::Device torch_device(const ComputeDevice& device);

/// From now on libtorch, and the BLAS library under it, compute with one thread in this process: sums are then added in
/// the same order on every machine.
void compute_with_one_thread();

}  // namespace earmark
