#pragma once

#include "earmark/export.h"

namespace earmark {

/// How the classifier's output p for a tag becomes the tag's probability. A value; any number of threads may use one.
struct EARMARK_EXPORT Calibration {
    enum class Kind {
        identity,  ///< p itself
        platt      ///< sigmoid(slope * logit(p) + intercept), logit(p) = ln(p / (1 - p)), with p limited to
                   ///< [2^-24, 1 - 2^-24]. J. Platt, "Probabilistic outputs for support vector machines and comparisons
                   ///< to regularized likelihood methods", 1999, with logit(p) as the score.
    };

    Kind kind = Kind::identity;
    float slope = 1.0F;  ///< finite, at least 0, so that a greater p never gives a smaller probability; 1 if identity
    float intercept = 0.0F;  ///< finite; 0 if identity

    static constexpr Calibration platt(float slope, float intercept) noexcept {
        return {Kind::platt, slope, intercept};
    }

    /// Within [0, 1], never falling in `probability`. REQUIRES: a probability within [0, 1] and parameters in range.
    float apply(float probability) const noexcept;

    bool operator==(const Calibration&) const = default;
};

}  // namespace earmark
