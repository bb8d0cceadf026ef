#pragma once

#include <torch/types.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <vector>

namespace earmark {

struct Batch {
    torch::Tensor inputs;
    torch::Tensor targets;  ///< items x labels
};

/// The training items of a task in batches, in a new order each epoch.
class BatchSource {
public:
    virtual ~BatchSource() = default;

    /// The order of an epoch follows from `seed` alone.
    virtual void start_epoch(std::uint64_t seed) = 0;

    /// Nothing after the last batch of the epoch.
    virtual std::optional<Batch> next() = 0;

    virtual std::size_t item_count() const = 0;

    /// Frames in an item; 0 where items are not made of frames.
    virtual std::size_t frames_per_item() const { return 0; }
};

/// A seed for one epoch of one task; different for all (splitmix64's finaliser, Steele et al. 2014).
inline std::uint64_t mix_seed(std::uint64_t seed, std::uint64_t task, std::uint64_t epoch) {
    std::uint64_t z = seed * 0x9e3779b97f4a7c15U + task * 0xbf58476d1ce4e5b9U + epoch + 1;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
}

/// 0 .. count-1 in the order that `seed` gives (Fisher and Yates), the same with every standard library.
inline std::vector<std::uint32_t> shuffled(std::size_t count, std::uint64_t seed) {
    std::vector<std::uint32_t> order(count);
    for (std::size_t i = 0; i < count; ++i) order[i] = static_cast<std::uint32_t>(i);
    std::mt19937_64 random(seed);
    for (std::size_t i = count; i > 1; --i) std::swap(order[i - 1], order[random() % i]);
    return order;
}

/// Where the batch that starts at `first` ends. A last batch of a single item joins the one before it: batch
/// normalisation needs two.
inline std::size_t batch_end(std::size_t first, std::size_t item_count, std::size_t batch_size) {
    const std::size_t end = first + batch_size;
    return end + 1 >= item_count ? item_count : end;
}

}  // namespace earmark
