#include "network/pooling.h"

#include <algorithm>
#include <cassert>

#include "base/vector_clones.h"

namespace earmark {
namespace {

// Without __restrict the compiler would have to test for overlap on every one of these short rows.
EARMARK_VECTOR_CLONES
void raise_to(float* __restrict maxima, const float* __restrict row, std::size_t filter_count) noexcept {
    for (std::size_t filter = 0; filter < filter_count; ++filter) {
        maxima[filter] = std::max(maxima[filter], row[filter]);
    }
}

EARMARK_VECTOR_CLONES
void raise_to(BFloat16* __restrict maxima, const BFloat16* __restrict row, std::size_t filter_count) noexcept {
    for (std::size_t filter = 0; filter < filter_count; ++filter) {
        maxima[filter].bits = std::max(maxima[filter].bits, row[filter].bits);
    }
}

template <typename Value>
void pool(std::span<const Value> activation, std::size_t pool_frames, std::span<Value> pooled,
          std::span<Value> maxima) noexcept {
    const std::size_t filter_count = maxima.size();
    const std::size_t window_count = pooled.size() / filter_count;
    assert(window_count == activation.size() / filter_count / pool_frames);
    const Value* row = activation.data();
    const Value* const end = row + activation.size();
    std::copy_n(row, filter_count, maxima.data());
    for (std::size_t window = 0; window < window_count; ++window) {
        Value* const window_maxima = pooled.data() + window * filter_count;
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

}  // namespace

void pool_segment(std::span<const float> activation, std::size_t pool_frames, std::span<float> pooled,
                  std::span<float> maxima) noexcept {
    pool(activation, pool_frames, pooled, maxima);
}

void pool_segment(std::span<const BFloat16> activation, std::size_t pool_frames, std::span<BFloat16> pooled,
                  std::span<BFloat16> maxima) noexcept {
    pool(activation, pool_frames, pooled, maxima);
}

}  // namespace earmark
