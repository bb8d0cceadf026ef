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

// Threads that share a sum wait for each other after every small step, which takes ages on a machine that does other
// work (docs/decisions/072-networks-side-by-side.md). OpenBLAS has threads of its own, besides libtorch's; waiting,
// they spin (docs/decisions/029-openblas-with-one-thread.md).
void compute_with_one_thread() {
    at::set_num_threads(1);
    if (openblas_set_num_threads != nullptr) openblas_set_num_threads(1);
}

}  // namespace earmark
