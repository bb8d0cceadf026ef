#pragma once

#include <cstddef>
#include <memory>
#include <span>

struct soxr;

namespace earmark {

/// Changes the sample rate of a mono signal that comes in portions, with soxr at its high quality setting (SOXR_HQ, the
/// default of librosa). Equal rates pass through unchanged. The portions do not change the result. Belongs to one
/// thread at a time.
class Resampler {
public:
    /// Throws std::runtime_error when soxr cannot change the one rate into the other.
    Resampler(int from_hz, int to_hz);

    struct Progress {
        std::size_t consumed_samples;
        std::size_t produced_samples;
    };
    Progress process(std::span<const float> input, std::span<float> output);

    /// What is still inside, after all input: how many samples were written, 0 after the last.
    std::size_t flush(std::span<float> output);

    int from_hz() const noexcept { return from_hz_; }

private:
    struct Deleter {
        void operator()(soxr* resampler) const noexcept;
    };

    int from_hz_;
    std::unique_ptr<soxr, Deleter> soxr_;
};

}  // namespace earmark
