#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace earmark {

/// A chromaprint fingerprint: 32 bits for each eighth of a second, which change little when the same sound is encoded
/// again.
using Fingerprint = std::vector<std::uint32_t>;

/// The rate that chromaprint works at, so that it need not resample.
inline constexpr int fingerprint_rate_hz = 11025;

/// Time from one number of a fingerprint to the next.
inline constexpr double fingerprint_step_s = 1365.0 / fingerprint_rate_hz;

/// How much sound `count` consecutive numbers cover: the first covers 2.7 s, each further one a step more.
constexpr double fingerprint_span_s(std::size_t count) {
    constexpr double first_s = (19.0 * 1365.0 + 4096.0) / fingerprint_rate_hz;  // 20 frames of 4096 samples
    return count == 0 ? 0.0 : first_s + static_cast<double>(count - 1) * fingerprint_step_s;
}

/// Makes fingerprints, one after the other. For one thread at a time.
class Fingerprinter {
public:
    Fingerprinter();
    Fingerprinter(const Fingerprinter&) = delete;
    Fingerprinter& operator=(const Fingerprinter&) = delete;
    ~Fingerprinter();

    /// Mono samples within [-1, 1] at fingerprint_rate_hz, in blocks of any length.
    void add(std::span<const float> samples);

    /// The fingerprint of what was added, empty when that is shorter than 2.7 s; then starts over.
    Fingerprint finish();

private:
    class Context;
    std::unique_ptr<Context> context_;
};

}  // namespace earmark
