#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "earmark/spectrogram.h"

namespace earmark {

/// mel_filters() made ready to be applied: of each filter only the bins in which it is not zero.
class MelBank {
public:
    explicit MelBank(const SpectrogramSettings& settings);

    /// Each bin's magnitude is multiplied by its gain first. REQUIRES: window_samples / 2 + 1 gains.
    MelBank(const SpectrogramSettings& settings, std::span<const float> gains);

    /// How many magnitudes `apply` reads: the bins of the spectrum, and some more that must be finite, so that every
    /// filter is whole blocks of `block_bins`.
    std::size_t padded_bin_count() const noexcept { return padded_bin_count_; }
    std::size_t band_count() const noexcept { return rows_.size(); }

    /// REQUIRES: padded_bin_count() magnitudes, band_count() bands.
    void apply(std::span<const float> magnitudes, std::span<float> bands) const noexcept;

private:
    // Sums of this many products run side by side, which is what lets a compiler use vector registers: it may not
    // change the order of a sum of floats by itself.
    static constexpr std::size_t block_bins = 8;

    struct Row {
        std::size_t first_bin = 0;
        std::size_t block_count = 0;
        std::size_t first_weight = 0;
    };

    void add_row(std::span<const float> filter);
    float weighted_sum(const Row& row, const float* magnitudes) const noexcept;

    std::vector<Row> rows_;
    std::vector<float> weights_;
    std::size_t padded_bin_count_;
};

}  // namespace earmark
