#include "datasets/check/sub_fingerprint_index.h"

#include <algorithm>
#include <tuple>

namespace earmark {

SubFingerprintIndex::SubFingerprintIndex(const std::vector<Fingerprint>& fingerprints) {
    std::size_t count = 0;
    for (const Fingerprint& fingerprint : fingerprints) count += fingerprint.size();
    every_ = static_cast<std::uint32_t>(count / most_entries + 1);
    entries_.reserve(count / every_ + count / every_ / 8);
    for (std::size_t clip = 0; clip < fingerprints.size(); ++clip) {
        const Fingerprint& fingerprint = fingerprints[clip];
        for (std::size_t i = 0; i < fingerprint.size(); ++i) {
            // A sound that lasts is one place, not many.
            if ((i > 0 && fingerprint[i] == fingerprint[i - 1]) || !keeps(fingerprint[i])) continue;
            entries_.push_back({fingerprint[i], static_cast<std::uint32_t>(clip), static_cast<std::uint32_t>(i)});
        }
    }
    std::ranges::sort(entries_, [](const SubFingerprint& a, const SubFingerprint& b) {
        return std::tie(a.value, a.clip, a.position) < std::tie(b.value, b.clip, b.position);
    });
}

bool SubFingerprintIndex::keeps(std::uint32_t value) const {
    constexpr std::uint32_t odd = 2654435761;  // Knuth's multiplicative hash: neighboring values are no neighbors
    return every_ == 1 || (value * odd >> 8) % every_ == 0;
}

std::span<const SubFingerprint> SubFingerprintIndex::places(std::uint32_t value) const {
    const auto first = std::ranges::lower_bound(entries_, value, {}, &SubFingerprint::value);
    const auto last = std::ranges::upper_bound(first, entries_.end(), value, {}, &SubFingerprint::value);
    return {first, last};
}

}  // namespace earmark
