#include "base/content_digest.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/checksum.h"

namespace earmark {

struct ContentDigest::State {
    XXH3_state_t hash;
};

ContentDigest::ContentDigest() : state_(std::make_unique<State>()) { XXH3_128bits_reset(&state_->hash); }
ContentDigest::ContentDigest(ContentDigest&&) noexcept = default;
ContentDigest& ContentDigest::operator=(ContentDigest&&) noexcept = default;
ContentDigest::~ContentDigest() = default;

void ContentDigest::add(std::span<const std::byte> bytes) {
    if (!bytes.empty()) XXH3_128bits_update(&state_->hash, bytes.data(), bytes.size());
}

std::string ContentDigest::text() const {
    const XXH128_hash_t hash = XXH3_128bits_digest(&state_->hash);
    return checksum_text(hash.high64) + checksum_text(hash.low64);
}

}  // namespace earmark
