#include "datasets/check/inspect_clip.h"

#include <xxhash.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "earmark/decode.h"
#include "earmark/error.h"

namespace earmark {
namespace {

struct FreeHash {
    void operator()(XXH3_state_t* state) const { XXH3_freeState(state); }
};

class SampleHash {
public:
    SampleHash() : state_(XXH3_createState()) {
        if (!state_) throw std::bad_alloc();
        XXH3_128bits_reset(state_.get());
    }
    void add(std::span<const float> samples) {
        XXH3_128bits_update(state_.get(), samples.data(), samples.size_bytes());
    }
    std::array<std::uint64_t, 2> value() const {
        const XXH128_hash_t hash = XXH3_128bits_digest(state_.get());
        return {hash.high64, hash.low64};
    }

private:
    std::unique_ptr<XXH3_state_t, FreeHash> state_;
};

// False when it was stopped.
bool read_audio(AudioReader& reader, Fingerprinter& fingerprinter, const std::stop_token& stop, ClipInspection& clip) {
    SampleHash hash;
    std::size_t total = 0;
    const bool is_whole = read_portions(reader, [&](std::span<const float> portion) {
        hash.add(portion);
        fingerprinter.add(portion);
        for (const float sample : portion) clip.peak = std::max(clip.peak, std::abs(sample));
        total += portion.size();
        return !stop.stop_requested();
    });
    if (!is_whole) return false;
    clip.hash = hash.value();
    clip.duration_s = static_cast<double>(total) / fingerprint_rate_hz;
    clip.warning = reader.warning();
    return true;
}

}  // namespace

std::optional<ClipInspection> inspect_clip(const std::filesystem::path& path, Fingerprinter& fingerprinter,
                                           const std::stop_token& stop) {
    ClipInspection clip;
    bool is_complete = true;
    try {
        AudioReader reader(path, fingerprint_rate_hz, {.stop = stop});
        is_complete = read_audio(reader, fingerprinter, stop, clip);
    } catch (const Error& error) {
        is_complete = error.code() != ErrorCode::canceled;
        clip = {};
        clip.error = error.what();
    }
    Fingerprint fingerprint = fingerprinter.finish();
    if (!is_complete) return std::nullopt;
    if (clip.error.empty()) clip.fingerprint = std::move(fingerprint);
    return clip;
}

}  // namespace earmark
