#pragma once

#include <array>
#include <string_view>
#include <utility>

#include "earmark/model.h"

namespace earmark {

/// An enumerator and the word for it in the file.
template <typename Enum>
using Named = std::pair<Enum, std::string_view>;

inline constexpr std::array weight_types = {Named<WeightType>{WeightType::float16, "float16"},
                                            Named<WeightType>{WeightType::float32, "float32"}};
inline constexpr std::array output_kinds = {Named<OutputKind>{OutputKind::sigmoid, "sigmoid"},
                                            Named<OutputKind>{OutputKind::softmax, "softmax"}};
inline constexpr std::array within_segment_rules = {Named<WithinSegment>{WithinSegment::maximum, "maximum"}};
inline constexpr std::array across_segments_rules = {
    Named<AcrossSegments>{AcrossSegments::mean, "mean"},
    Named<AcrossSegments>{AcrossSegments::mean_and_deviation, "mean and deviation"}};

// Kinds of calibration: the first is written as a text, the others as objects with parameters.
inline constexpr std::string_view identity_calibration = "identity";
inline constexpr std::string_view platt_calibration = "platt";

// The file has the formula of its self-test signal; a reader refuses a signal that it does not know.
inline constexpr char self_test_formula[] =
    "0.4 sin(2 pi (110 t + 55 t^2)) + 0.2 sin(2 pi 1760 t) [t mod 0.5 < 0.1] + 0.1 u(n), t = n / sample_rate_hz, "
    "u(n) = s(n) / 2^31 - 1, s(n) = (1664525 s(n-1) + 1013904223) mod 2^32, s(-1) = 1";

}  // namespace earmark
