#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace earmark {

/// Which clips the resamples of a bootstrap hold: as many draws with replacement as there are clips or, where clips
/// belong together, as there are groups. A resample depends only on the seed and its number, so that any thread may
/// draw it, and two models get the same clips.
class Resampling {
public:
    Resampling(std::size_t clip_count, std::uint64_t seed);

    /// Draws whole groups, such as all clips by one artist (cluster bootstrap): clips of one artist are not
    /// independent. `groups` has a name for each clip; each clip without one is a group of its own.
    Resampling(std::span<const std::string> groups, std::uint64_t seed);

    std::size_t clip_count() const noexcept { return groups_of_clips_.size(); }
    std::size_t group_count() const noexcept { return group_count_; }

    /// How often each clip is in resample `number`.
    std::vector<std::uint32_t> clip_counts(std::size_t number) const;

private:
    std::vector<std::size_t> groups_of_clips_;
    std::size_t group_count_ = 0;
    std::uint64_t seed_;
};

}  // namespace earmark
