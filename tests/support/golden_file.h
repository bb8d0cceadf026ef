#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <limits>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "earmark/matrix.h"

namespace earmark {

/// A file of raw float32 values (little-endian) below tests/golden, taken in the order in which its generator wrote
/// them.
class GoldenFile {
public:
    explicit GoldenFile(const std::string& name)
        : stream_(std::filesystem::path(EARMARK_GOLDEN_DIR) / name, std::ios::binary) {
        if (!stream_) {
            throw std::runtime_error("tests/golden/" + name + ": cannot be read");
        }
    }

    std::vector<float> values(std::size_t count) {
        std::vector<float> result(count);
        if (!stream_.read(reinterpret_cast<char*>(result.data()),
                          static_cast<std::streamsize>(count * sizeof(float)))) {
            throw std::runtime_error("golden file: too short");
        }
        return result;
    }

    Matrix matrix(std::size_t row_count, std::size_t column_count) {
        return {row_count, column_count, values(row_count * column_count)};
    }

    /// Whether all of the file has been taken: a test that leaves values over compares less than it should.
    bool is_finished() { return stream_.peek() == std::ifstream::traits_type::eof(); }

private:
    std::ifstream stream_;
};

/// Infinite when shapes differ or a value is not a number.
inline double greatest_difference(std::span<const float> left, std::span<const float> right) {
    if (left.size() != right.size()) {
        return std::numeric_limits<double>::infinity();
    }
    double greatest = 0.0;
    for (std::size_t index = 0; index < left.size(); ++index) {
        const double difference = std::abs(static_cast<double>(left[index]) - right[index]);
        greatest = std::isnan(difference) ? std::numeric_limits<double>::infinity() : std::max(greatest, difference);
    }
    return greatest;
}

inline double greatest_difference(const Matrix& left, const Matrix& right) {
    return left.row_count() == right.row_count() ? greatest_difference(left.values(), right.values())
                                                 : std::numeric_limits<double>::infinity();
}

}  // namespace earmark
