#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "earmark/error.h"
#include "earmark/spectrogram.h"
#include "spectrogram/mel_bank.h"
#include "tests/spectrogram/golden.h"
#include "tests/spectrogram/signals.h"

namespace earmark::test {
namespace {

TEST(MelFilters, shape_is_bands_x_bins) {
    const Matrix filters = mel_filters(default_settings);
    EXPECT_EQ(filters.row_count(), 128U);
    EXPECT_EQ(filters.column_count(), 513U);
}

TEST(MelFilters, every_filter_has_unit_area) {
    // With a long window the bins are narrow, and the sum over them is close to the integral.
    SpectrogramSettings settings;
    settings.window_samples = 65536;
    const Matrix filters = mel_filters(settings);
    for (std::size_t band = 0; band < filters.row_count(); ++band) {
        const auto row = filters.row(band);
        const double area = std::accumulate(row.begin(), row.end(), 0.0) * 22050.0 / 65536.0;
        EXPECT_NEAR(area, 1.0, 1e-3) << "band " << band;
    }
}

TEST(MelFilters, are_zero_outside_of_the_range) {
    const Matrix filters = mel_filters(narrow_settings);
    const double bin_hz = 8000.0 / 256.0;
    for (std::size_t bin = 0; bin < filters.column_count(); ++bin) {
        const double hz = bin_hz * static_cast<double>(bin);
        if (hz > 60.0 && hz < 3400.0) continue;
        for (std::size_t band = 0; band < filters.row_count(); ++band) EXPECT_EQ(filters(band, bin), 0.0F);
    }
}

TEST(MelFilters, wrong_settings_are_refused) {
    SpectrogramSettings settings;
    settings.mel_band_count = 0;
    EXPECT_THROW(mel_filters(settings), Error);
}

class MelBankSettings : public testing::TestWithParam<SpectrogramSettings> {};

TEST_P(MelBankSettings, sparse_rows_give_the_matrix_product) {
    const Matrix filters = mel_filters(GetParam());
    const MelBank bank(GetParam());
    auto magnitudes = noise(bank.padded_bin_count(), 1.0);
    // What is behind the spectrum in memory must not matter.
    std::fill(magnitudes.begin() + static_cast<std::ptrdiff_t>(filters.column_count()), magnitudes.end(), 1e6F);
    std::vector<float> bands(bank.band_count());
    bank.apply(magnitudes, bands);
    for (std::size_t band = 0; band < bands.size(); ++band) {
        const auto row = filters.row(band);
        EXPECT_NEAR(bands[band], std::inner_product(row.begin(), row.end(), magnitudes.begin(), 0.0), 1e-6);
    }
}

INSTANTIATE_TEST_SUITE_P(, MelBankSettings,
                         testing::Values(default_settings, musicnn_settings, doubled_settings, narrow_settings));

// librosa.mel_frequencies(n_mels=40), as its documentation prints it, without the two ends.
TEST(MelFilters, have_their_centers_where_librosa_has_them) {
    SpectrogramSettings settings;
    settings.mel_band_count = 38;
    const std::vector<double> centers = mel_band_centers_hz(settings);
    ASSERT_EQ(centers.size(), 38U);
    EXPECT_NEAR(centers[0], 85.317, 1e-3);
    EXPECT_NEAR(centers[10], 938.49, 1e-3);
    EXPECT_NEAR(centers[11], 1024.856, 1e-3);
    EXPECT_NEAR(centers[24], 3216.731, 1e-3);
    EXPECT_NEAR(centers[37], 10096.408, 1e-3);
}

}  // namespace
}  // namespace earmark::test
