#include "network/pooling.h"

#include <algorithm>
#include <cassert>

namespace earmark {
namespace {

// Without __restrict the compiler would have to test for overlap on every one of these short rows.
void raise_to(float* __restrict maxima, const float* __restrict row, std::size_t filter_count) noexcept {
    for (std::size_t filter = 0; filter < filter_count; ++filter) {
        maxima[filter] = std::max(maxima[filter], row[filter]);
    }
}

}  // namespace

void pool_segment(std::span<const float> activation, std::size_t pool_frames, std::span<float> pooled,
                  std::span<float> maxima) noexcept {
    const std::size_t filter_count = maxima.size();
    const std::size_t window_count = pooled.size() / filter_count;
    assert(window_count == activation.size() / filter_count / pool_frames);
    const float* row = activation.data();
    const float* const end = row + activation.size();
    std::copy_n(row, filter_count, maxima.data());
    for (std::size_t window = 0; window < window_count; ++window) {
        float* const window_maxima = pooled.data() + window * filter_count;
        std::copy_n(row, filter_count, window_maxima);
        row += filter_count;
        for (std::size_t frame = 1; frame < pool_frames; ++frame, row += filter_count) {
            raise_to(window_maxima, row, filter_count);
        }
        raise_to(maxima.data(), window_maxima, filter_count);
    }
    for (; row != end; row += filter_count) {
        raise_to(maxima.data(), row, filter_count);
    }
}

}  // namespace earmark
