#pragma once

#include <cstddef>
#include <optional>

namespace earmark {

/// The mean of those values that are defined. add / value.
class MeanOfDefined {
public:
    void add(std::optional<double> value) {
        if (!value) return;
        sum_ += *value;
        ++count_;
    }

    /// Nothing when none was defined.
    std::optional<double> value() const {
        if (count_ == 0) return std::nullopt;
        return sum_ / static_cast<double>(count_);
    }

private:
    double sum_ = 0.0;
    std::size_t count_ = 0;
};

}  // namespace earmark
