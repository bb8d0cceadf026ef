#include "base/mean_deviation.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace earmark {
namespace {

struct Sums {
    double values = 0.0;
    double squares = 0.0;
};

// Of the distances to `origin`, in as many sums as let the processor add several at a time.
Sums sums_of_distances(std::span<const float> values, double origin) noexcept {
    constexpr std::size_t lane_count = 4;
    std::array<Sums, lane_count> lanes{};
    const auto add = [origin](Sums& sums, double value) {
        const double distance = value - origin;
        sums.values += distance;
        sums.squares += distance * distance;
    };
    std::size_t i = 0;
    for (; i + lane_count <= values.size(); i += lane_count) {
        for (std::size_t lane = 0; lane < lane_count; ++lane) add(lanes[lane], values[i + lane]);
    }
    for (; i < values.size(); ++i) add(lanes[0], values[i]);
    for (std::size_t lane = 1; lane < lane_count; ++lane) {
        lanes[0].values += lanes[lane].values;
        lanes[0].squares += lanes[lane].squares;
    }
    return lanes[0];
}

}  // namespace

// The distance of a number of the block to the block's mean is at most sqrt(count) deviations, so that its square takes
// no more than log10(count) of the 16 digits that the squares have.
void MeanDeviation::add(std::span<const float> values) noexcept {
    constexpr std::size_t block_size = 4096;
    while (!values.empty()) {
        const std::span<const float> block = values.first(std::min(block_size, values.size()));
        const double origin = block.front();
        const auto count = static_cast<double>(block.size());
        const Sums sums = sums_of_distances(block, origin);
        MeanDeviation of_block;
        of_block.count_ = block.size();
        of_block.mean_ = origin + sums.values / count;
        of_block.squares_ = std::max(0.0, sums.squares - sums.values * sums.values / count);
        add(of_block);
        values = values.subspan(block.size());
    }
}

void MeanDeviation::add(const MeanDeviation& other) noexcept {
    if (other.count_ == 0) return;
    const auto own_count = static_cast<double>(count_);
    const auto other_count = static_cast<double>(other.count_);
    const double share = other_count / (own_count + other_count);
    const double distance = other.mean_ - mean_;
    mean_ += distance * share;
    squares_ += other.squares_ + distance * distance * own_count * share;
    count_ += other.count_;
}

double MeanDeviation::deviation() const noexcept {
    return count_ == 0 ? 0.0 : std::sqrt(squares_ / static_cast<double>(count_));
}

std::vector<double> ColumnMeanDeviation::deviations() const {
    std::vector<double> values(squares_.size());
    const double count = std::max(1.0, static_cast<double>(row_count_));
    std::ranges::transform(squares_, values.begin(), [count](double squares) { return std::sqrt(squares / count); });
    return values;
}

}  // namespace earmark
