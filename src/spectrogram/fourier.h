#pragma once

#include <cstddef>
#include <memory>
#include <span>

namespace earmark {

/// Magnitudes of the discrete Fourier transform of real samples (libavutil's av_tx). Holds its buffers: one thread at
/// a time.
class FourierMagnitudes {
public:
    /// REQUIRES: `length` is a power of two, at least 32.
    explicit FourierMagnitudes(std::size_t length);
    FourierMagnitudes(FourierMagnitudes&&) noexcept;
    FourierMagnitudes& operator=(FourierMagnitudes&&) noexcept;
    ~FourierMagnitudes();

    std::size_t bin_count() const noexcept;

    /// The samples to transform, to be written before `compute`, which may overwrite them.
    std::span<float> input() noexcept;

    /// Magnitudes of as many bins as there is room for, from 0 Hz on. REQUIRES: room for at most bin_count() values.
    void compute(std::span<float> magnitudes);

private:
    class Implementation;
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace earmark
