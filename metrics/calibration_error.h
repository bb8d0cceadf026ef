#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>

#include "metrics/truth.h"

namespace earmark {

/// How well probabilities agree with what is there: of all predictions of about 0.3, 3 of 10 should be right.
class CalibrationReport {
public:
    static constexpr std::size_t bin_count = 10;

    /// Predictions from bin / bin_count on and below (bin + 1) / bin_count; the last bin has 1 as well.
    struct Bin {
        std::size_t count = 0;
        double probability_sum = 0.0;
        std::size_t positive_count = 0;

        double mean_probability() const { return probability_sum / static_cast<double>(count); }
        double frequency() const { return static_cast<double>(positive_count) / static_cast<double>(count); }
    };

    /// Unknown truths are not counted. REQUIRES: a probability within [0, 1].
    void add(float probability, Truth truth);

    /// One clip: a probability and a truth for each tag, as numbers as in truth_of_target.
    void add(std::span<const float> probabilities, std::span<const float> truths);

    const std::array<Bin, bin_count>& bins() const noexcept { return bins_; }

    /// The expected calibration error: the mean, over all predictions, of the difference between mean probability and
    /// frequency of their bin (M. P. Naeini, G. Cooper, M. Hauskrecht, "Obtaining well calibrated probabilities using
    /// Bayesian binning", 2015). Bins as in sklearn.calibration.calibration_curve. Nothing without predictions.
    std::optional<double> expected_error() const;

private:
    std::array<Bin, bin_count> bins_{};
};

}  // namespace earmark
