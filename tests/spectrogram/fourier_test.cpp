#include "spectrogram/fourier.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <complex>
#include <numbers>

#include "tests/spectrogram/signals.h"

namespace earmark::test {
namespace {

double magnitude_by_definition(const std::vector<float>& samples, std::size_t bin) {
    std::complex<double> sum = 0.0;
    for (std::size_t n = 0; n < samples.size(); ++n) {
        const double turns = static_cast<double>(bin * n % samples.size()) / static_cast<double>(samples.size());
        sum += static_cast<double>(samples[n]) * std::polar(1.0, -2.0 * std::numbers::pi * turns);
    }
    return std::abs(sum);
}

class FourierLength : public testing::TestWithParam<std::size_t> {};

TEST_P(FourierLength, magnitudes_are_those_of_the_definition) {
    const std::size_t length = GetParam();
    const auto samples = noise(length, 1.0);
    FourierMagnitudes fourier(length);
    ASSERT_EQ(fourier.bin_count(), length / 2 + 1);
    std::vector<float> magnitudes(fourier.bin_count());
    std::copy(samples.begin(), samples.end(), fourier.input().begin());
    fourier.compute(magnitudes);
    const double tolerance = 1e-6 * static_cast<double>(length);
    const std::size_t step = std::max<std::size_t>(1, length / 128);
    for (std::size_t bin = 0; bin < magnitudes.size(); bin += step) {
        EXPECT_NEAR(magnitudes[bin], magnitude_by_definition(samples, bin), tolerance) << "bin " << bin;
    }
}

INSTANTIATE_TEST_SUITE_P(, FourierLength, testing::Values(32, 64, 128, 256, 512, 1024, 2048, 4096, 16384, 65536));

}  // namespace
}  // namespace earmark::test
