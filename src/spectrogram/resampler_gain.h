#pragma once

namespace earmark {

/// What soxr's high quality lets through when it resamples to a lower rate, at `fraction` (0 to 1) of half of that
/// rate: 1 up to 0.91, then a smooth fall to 0. Measured by tools/measurements/resampler_gain.py.
double resampler_gain(double fraction) noexcept;

}  // namespace earmark
