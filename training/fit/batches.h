#pragma once

#include <torch/types.h>

#include <cstddef>
#include <cstdint>
#include <optional>

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

/// Where the batch that starts at `first` ends. A last batch of a single item joins the one before it: batch
/// normalization needs two.
inline std::size_t batch_end(std::size_t first, std::size_t item_count, std::size_t batch_size) {
    const std::size_t end = first + batch_size;
    return end + 1 >= item_count ? item_count : end;
}

}  // namespace earmark
