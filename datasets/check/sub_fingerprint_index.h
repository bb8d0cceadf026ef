#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "fingerprint/fingerprint.h"

namespace earmark {

/// Where in which clip a number of a fingerprint is.
struct SubFingerprint {
    std::uint32_t value = 0;
    std::uint32_t clip = 0;
    std::uint32_t position = 0;
};

/// Where each number of many fingerprints occurs. Of very much audio only every second, third, ... value is kept,
/// chosen by the value itself, so that what two clips have in common stays in common.
class SubFingerprintIndex {
public:
    static constexpr std::size_t most_entries = 16'000'000;

    explicit SubFingerprintIndex(const std::vector<Fingerprint>& fingerprints);

    /// Whether the index keeps this value.
    bool keeps(std::uint32_t value) const;

    /// All places of a value, ordered by clip and position.
    std::span<const SubFingerprint> places(std::uint32_t value) const;

private:
    std::uint32_t every_ = 1;
    std::vector<SubFingerprint> entries_;
};

}  // namespace earmark
