#include "tagger/loudest_moment.h"

#include <algorithm>
#include <cmath>

namespace earmark {

void LoudestMoment::measure(std::span<const float> samples) noexcept {
    for (const float sample : samples) {
        ++count_;
        sum_ += sample;
        squares_ += static_cast<double>(sample) * sample;
        if (count_ == moment_samples) finish();
    }
}

void LoudestMoment::finish() noexcept {
    if (count_ == 0) return;
    const auto count = static_cast<double>(count_);
    const double mean = sum_ / count;
    power_ = std::max(power_, squares_ / count - mean * mean);
    count_ = 0;
    sum_ = 0.0;
    squares_ = 0.0;
}

double LoudestMoment::level_db() const noexcept {
    constexpr double least_power = 1e-12;
    return 10.0 * std::log10(std::max(power_, least_power));
}

}  // namespace earmark
