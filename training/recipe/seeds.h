#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

namespace earmark {

/// A seed for one epoch of one task; different for all (splitmix64's finalizer, Steele et al. 2014).
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

}  // namespace earmark
