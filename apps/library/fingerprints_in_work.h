#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <span>

#include "fingerprint/clip_fingerprint.h"

namespace earmark {

/// The fingerprints of files that a pool has in work, by the index of the item. From any thread.
class FingerprintsInWork {
public:
    /// For TaggerPoolOptions::on_samples.
    void add(std::size_t index, std::span<const float> samples, int sample_rate_hz);

    /// Of an item that is done; empty where it has none.
    Fingerprint take(std::size_t index);

private:
    std::mutex mutex_;
    std::map<std::size_t, std::unique_ptr<ClipFingerprint>> fingerprints_;
};

}  // namespace earmark
