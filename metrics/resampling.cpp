#include "metrics/resampling.h"

#include <map>
#include <numeric>
#include <random>

namespace earmark {
namespace {

// A number below `bound`, each equally likely. The standard's distributions differ between standard libraries, and
// intervals would with them. After Lemire 2019, "Fast random integer generation in an interval".
std::uint32_t draw_below(std::uint32_t bound, std::mt19937& random) {
    const std::uint32_t surplus = (0U - bound) % bound;
    std::uint64_t product = 0;
    do {
        product = std::uint64_t{random()} * bound;
    } while (static_cast<std::uint32_t>(product) < surplus);
    return static_cast<std::uint32_t>(product >> 32U);
}

std::mt19937 random_of_resample(std::uint64_t seed, std::size_t number) {
    const auto low = [](std::uint64_t value) { return static_cast<std::uint32_t>(value); };
    const auto high = [](std::uint64_t value) { return static_cast<std::uint32_t>(value >> 32U); };
    std::seed_seq sequence{low(seed), high(seed), low(number), high(number)};
    return std::mt19937(sequence);
}

}  // namespace

Resampling::Resampling(std::size_t clip_count, std::uint64_t seed)
    : groups_of_clips_(clip_count), group_count_(clip_count), seed_(seed) {
    std::iota(groups_of_clips_.begin(), groups_of_clips_.end(), 0);
}

Resampling::Resampling(std::span<const std::string> groups, std::uint64_t seed) : seed_(seed) {
    std::map<std::string, std::size_t> known;
    for (const std::string& name : groups) {
        const std::size_t group = name.empty() ? group_count_ : known.emplace(name, group_count_).first->second;
        if (group == group_count_) ++group_count_;
        groups_of_clips_.push_back(group);
    }
}

std::vector<std::uint32_t> Resampling::clip_counts(std::size_t number) const {
    std::mt19937 random = random_of_resample(seed_, number);
    std::vector<std::uint32_t> group_counts(group_count_, 0);
    for (std::size_t i = 0; i < group_count_; ++i)
        ++group_counts[draw_below(static_cast<std::uint32_t>(group_count_), random)];
    std::vector<std::uint32_t> counts;
    counts.reserve(groups_of_clips_.size());
    for (const std::size_t group : groups_of_clips_) counts.push_back(group_counts[group]);
    return counts;
}

}  // namespace earmark
