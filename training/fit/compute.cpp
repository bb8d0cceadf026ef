#include "training/fit/compute.h"

#include <ATen/Parallel.h>
#include <torch/cuda.h>

#include "earmark/error.h"

// OpenBLAS's own, where that is the BLAS library which libtorch found.
extern "C" __attribute__((weak)) void openblas_set_num_threads(int count);

namespace earmark {

ComputeDevice chosen_device(DeviceChoice choice) {
    if (choice == DeviceChoice::cpu) return {ComputeDevice::Kind::cpu};
    if (torch::cuda::is_available()) return {ComputeDevice::Kind::cuda};
    if (choice == DeviceChoice::automatic) return {ComputeDevice::Kind::cpu};
    throw Error(ErrorCode::usage,
                "--device cuda: libtorch finds no GPU that it can use on this machine; expected cpu or auto");
}

c10::Device torch_device(const ComputeDevice& device) {
    return device.kind == ComputeDevice::Kind::cuda ? c10::kCUDA : c10::kCPU;
}

// OpenBLAS has threads of its own, besides libtorch's. Waiting for work they spin, on cores that other threads and
// other trainings could use (docs/decisions/029-openblas-with-one-thread.md).
void set_thread_count(std::size_t count) {
    at::set_num_threads(static_cast<int>(count));
    if (openblas_set_num_threads != nullptr) openblas_set_num_threads(1);
}

}  // namespace earmark
