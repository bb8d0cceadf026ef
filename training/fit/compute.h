#pragma once

#include <c10/core/Device.h>

#include <cstddef>

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

/// Threads that libtorch computes with in this process. The BLAS library under it keeps to one.
void set_thread_count(std::size_t count);

}  // namespace earmark
