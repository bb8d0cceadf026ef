#include "apps/library/fingerprints_in_work.h"

namespace earmark {

void FingerprintsInWork::add(std::size_t index, std::span<const float> samples, int sample_rate_hz) {
    ClipFingerprint* fingerprint = nullptr;
    {
        const std::lock_guard lock(mutex_);
        std::unique_ptr<ClipFingerprint>& kept = fingerprints_[index];
        if (!kept) kept = std::make_unique<ClipFingerprint>(sample_rate_hz);
        fingerprint = kept.get();
    }
    fingerprint->add(samples);  // only the worker of this item calls it
}

Fingerprint FingerprintsInWork::take(std::size_t index) {
    std::unique_ptr<ClipFingerprint> fingerprint;
    {
        const std::lock_guard lock(mutex_);
        const auto found = fingerprints_.find(index);
        if (found == fingerprints_.end()) return {};
        fingerprint = std::move(found->second);
        fingerprints_.erase(found);
    }
    return fingerprint->finish();
}

}  // namespace earmark
