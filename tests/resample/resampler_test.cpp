// What every user of the resampler relies on. tests/decode/resampling_test.cpp compares the samples with python-soxr.
#include "resample/resampler.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <span>
#include <stdexcept>
#include <vector>

namespace earmark {
namespace {

std::vector<float> sine(std::size_t count, double turns_per_sample) {
    std::vector<float> samples(count);
    for (std::size_t i = 0; i < count; ++i) {
        const double turns = turns_per_sample * static_cast<double>(i);
        samples[i] = static_cast<float>(0.5 * std::sin(2 * std::numbers::pi * turns));
    }
    return samples;
}

// All of `input`, in portions, with room for `room` samples at a time.
std::vector<float> resampled(Resampler resampler, std::span<const float> input, std::size_t portion, std::size_t room) {
    std::vector<float> output;
    std::vector<float> place(room);
    const auto keep = [&](std::size_t count) {
        output.insert(output.end(), place.begin(), place.begin() + static_cast<std::ptrdiff_t>(count));
    };
    while (!input.empty()) {
        std::span<const float> now = input.first(std::min(portion, input.size()));
        input = input.subspan(now.size());
        while (!now.empty()) {
            const Resampler::Progress progress = resampler.process(now, place);
            now = now.subspan(progress.consumed_samples);
            keep(progress.produced_samples);
        }
    }
    while (const std::size_t count = resampler.flush(place)) keep(count);
    return output;
}

TEST(Resampler, result_does_not_depend_on_the_portions) {
    const std::vector<float> input = sine(20'000, 0.01);
    const std::vector<float> whole = resampled(Resampler(48'000, 22'050), input, input.size(), 16'384);
    EXPECT_NEAR(static_cast<double>(whole.size()), 20'000 * 22'050.0 / 48'000, 1.0);
    for (const std::size_t portion : {1U, 77U, 4096U}) {
        EXPECT_EQ(resampled(Resampler(48'000, 22'050), input, portion, 500), whole) << portion;
    }
}

TEST(Resampler, keeps_a_tone_that_both_rates_can_hold) {
    const std::vector<float> output = resampled(Resampler(44'100, 22'050), sine(20'000, 0.01), 1000, 1000);
    const std::vector<float> expected = sine(10'000, 0.02);
    ASSERT_EQ(output.size(), expected.size());
    // The tone is switched on and off at its ends.
    for (std::size_t i = 1000; i < 9000; ++i) ASSERT_NEAR(output[i], expected[i], 1e-4F) << i;
}

TEST(Resampler, passes_equal_rates_through_unchanged) {
    const std::vector<float> input = sine(1000, 0.03);
    EXPECT_EQ(resampled(Resampler(22'050, 22'050), input, 300, 70), input);
}

TEST(Resampler, gives_nothing_for_nothing) {
    EXPECT_THAT(resampled(Resampler(48'000, 22'050), {}, 1, 100), testing::IsEmpty());
}

TEST(Resampler, throws_for_a_rate_of_zero) { EXPECT_THROW(Resampler(0, 22'050), std::runtime_error); }

}  // namespace
}  // namespace earmark
