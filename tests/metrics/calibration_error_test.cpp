#include "metrics/calibration_error.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/calibration_examples.h"

namespace earmark {
namespace {

TEST(CalibrationReport, has_the_bins_of_scikit_learn) {
    const auto examples = read_calibration_examples();
    const auto bins = read_golden_rows("reliability.tsv");
    for (std::size_t index = 0; index < examples.size(); ++index) {
        CalibrationReport report;
        report.add(examples[index].probabilities, examples[index].truths);
        std::size_t place = 0;
        double error = 0.0;
        double count = 0.0;
        for (const CalibrationReport::Bin& bin : report.bins()) {
            if (bin.count == 0) continue;
            while (bins.at(place)[0] != static_cast<double>(index)) ++place;
            EXPECT_NEAR(bin.mean_probability(), bins[place][1], 1e-9);
            EXPECT_NEAR(bin.frequency(), bins[place][2], 1e-9);
            error += static_cast<double>(bin.count) * std::abs(bins[place][1] - bins[place][2]);
            count += static_cast<double>(bin.count);
            ++place;
        }
        EXPECT_NEAR(report.expected_error().value(), error / count, 1e-9);
    }
}

TEST(CalibrationReport, has_no_error_without_known_truths) {
    CalibrationReport report;
    EXPECT_EQ(report.expected_error(), std::nullopt);
    report.add(0.5F, Truth::unknown);
    EXPECT_EQ(report.expected_error(), std::nullopt);
}

TEST(CalibrationReport, takes_one_into_the_last_bin) {
    CalibrationReport report;
    report.add(1.0F, Truth::present);
    EXPECT_EQ(report.bins().back().count, 1U);
    EXPECT_EQ(report.expected_error(), 0.0);
}

}  // namespace
}  // namespace earmark
