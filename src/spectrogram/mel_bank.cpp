#include "spectrogram/mel_bank.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "base/vector_clones.h"

namespace earmark {

MelBank::MelBank(const SpectrogramSettings& settings)
    : MelBank(settings, std::vector<float>(static_cast<std::size_t>(settings.window_samples) / 2 + 1, 1.0F)) {}

MelBank::MelBank(const SpectrogramSettings& settings, std::span<const float> gains) {
    Matrix filters = mel_filters(settings);
    assert(gains.size() == filters.column_count());
    padded_bin_count_ = filters.column_count() + block_bins - 1;
    for (std::size_t band = 0; band < filters.row_count(); ++band) {
        for (std::size_t bin = 0; bin < gains.size(); ++bin) filters(band, bin) *= gains[bin];
        add_row(filters.row(band));
    }
}

void MelBank::add_row(std::span<const float> filter) {
    const auto is_weight = [](float value) { return value != 0.0F; };
    const auto first = std::find_if(filter.begin(), filter.end(), is_weight);
    const auto last = std::find_if(filter.rbegin(), std::make_reverse_iterator(first), is_weight).base();
    const auto bin_count = static_cast<std::size_t>(last - first);
    const std::size_t block_count = (bin_count + block_bins - 1) / block_bins;
    // A filter may be between two bins: it then has no block, and first_bin must not point behind the spectrum.
    const std::size_t first_bin = bin_count == 0 ? 0 : static_cast<std::size_t>(first - filter.begin());
    rows_.push_back({first_bin, block_count, weights_.size()});
    weights_.insert(weights_.end(), first, last);
    weights_.resize(rows_.back().first_weight + block_count * block_bins, 0.0F);
}

EARMARK_VECTOR_CLONES
void MelBank::apply(std::span<const float> magnitudes, std::span<float> bands) const noexcept {
    assert(magnitudes.size() == padded_bin_count() && bands.size() == band_count());
    for (std::size_t band = 0; band < bands.size(); ++band) bands[band] = weighted_sum(rows_[band], magnitudes.data());
}

inline float MelBank::weighted_sum(const Row& row, const float* magnitudes) const noexcept {
    std::array<float, block_bins> sums{};
    const float* weight = weights_.data() + row.first_weight;
    const float* magnitude = magnitudes + row.first_bin;
    for (std::size_t block = 0; block < row.block_count; ++block) {
        for (std::size_t i = 0; i < block_bins; ++i) sums[i] += weight[i] * magnitude[i];
        weight += block_bins;
        magnitude += block_bins;
    }
    return ((sums[0] + sums[4]) + (sums[1] + sums[5])) + ((sums[2] + sums[6]) + (sums[3] + sums[7]));
}

}  // namespace earmark
