#pragma once

#include <cstddef>
#include <limits>
#include <new>
#include <span>
#include <vector>

#include "earmark/export.h"

namespace earmark {

/// Memory for weights. From 1 MB on it begins at a multiple of 2 MB and asks the system for pages of 2 MB: a model is
/// then read in less time, since the system makes hundreds of pages fewer ready. `byte_count` is the same in both
/// functions. Throws std::bad_alloc. Thread-safe.
EARMARK_EXPORT void* allocate_weights(std::size_t byte_count);
EARMARK_EXPORT void free_weights(void* memory, std::size_t byte_count) noexcept;

/// The allocator of WeightVector.
template <typename Value>
struct WeightAllocator {
    using value_type = Value;

    WeightAllocator() = default;

    template <typename Other>
    WeightAllocator(const WeightAllocator<Other>&) noexcept {}

    Value* allocate(std::size_t count) {
        if (count > std::numeric_limits<std::size_t>::max() / 2 / sizeof(Value)) throw std::bad_array_new_length();
        return static_cast<Value*>(allocate_weights(count * sizeof(Value)));
    }

    void deallocate(Value* memory, std::size_t count) noexcept { free_weights(memory, count * sizeof(Value)); }

    bool operator==(const WeightAllocator&) const = default;
};

/// A vector of weights.
using WeightVector = std::vector<float, WeightAllocator<float>>;

/// A copy. Throws std::bad_alloc.
inline WeightVector weight_vector(std::span<const float> values) { return {values.begin(), values.end()}; }

}  // namespace earmark
