#pragma once

#include <cstdint>

#include "training/fit/events.h"

namespace earmark {

/// Where libtorch shall compute.
enum class DeviceChoice : std::uint8_t {
    automatic,  ///< CUDA where libtorch finds a GPU, else the processor
    cpu,
    cuda,
};

/// The one place where a device is chosen. Throws Error (usage) where CUDA is asked for and libtorch finds none. Only
/// in programs with libtorch.
ComputeDevice chosen_device(DeviceChoice choice);

}  // namespace earmark
