#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace earmark {

/// One step of Welford's method (Technometrics 1962): `value` is the n-th number, `share` 1 / n. `mean` becomes that of
/// all n, and `squares` the sum of their squared distances to it. The sum of the plain squares, which looks simpler,
/// loses all its digits where the mean is large compared with the deviation.
inline void add_to_spread(double value, double share, double& mean, double& squares) noexcept {
    const double distance = value - mean;
    mean += distance * share;
    squares += distance * (value - mean);
}

/// Mean and standard deviation of numbers, of which any number may come at a time.
class MeanDeviation {
public:
    /// In blocks, by sums of distances to the first number of a block, which are joined by the method of Chan, Golub
    /// and LeVeque (1979): several numbers at a time, and without a division for each.
    void add(std::span<const float> values) noexcept;

    /// All the numbers of another one.
    void add(const MeanDeviation& other) noexcept;

    std::size_t count() const noexcept { return count_; }
    double mean() const noexcept { return mean_; }

    /// Of the population: divided by the count. 0 for no numbers.
    double deviation() const noexcept;

private:
    std::size_t count_ = 0;
    double mean_ = 0.0;
    double squares_ = 0.0;  ///< sum of the squared distances to the mean
};

/// The same for each column of rows that come one by one.
class ColumnMeanDeviation {
public:
    explicit ColumnMeanDeviation(std::size_t column_count) : means_(column_count), squares_(column_count) {}

    /// REQUIRES: as many values as there are columns.
    template <typename Number>
    void add(std::span<const Number> row) noexcept {
        const double share = 1.0 / static_cast<double>(++row_count_);
        for (std::size_t i = 0; i < means_.size(); ++i) add_to_spread(row[i], share, means_[i], squares_[i]);
    }

    /// Of the columns; 0 where no row came.
    std::span<const double> means() const noexcept { return means_; }
    std::vector<double> deviations() const;

private:
    std::size_t row_count_ = 0;
    std::vector<double> means_;
    std::vector<double> squares_;
};

}  // namespace earmark
