#include "spectrogram/resampler_gain.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace earmark {
namespace {

constexpr double first_fraction = 0.91;
constexpr double last_fraction = 1.0;
constexpr std::array gains{1.00000, 1.00000, 1.00000, 0.99996, 0.99981, 0.99936, 0.99827, 0.99594, 0.99150, 0.98376,
                           0.97126, 0.95237, 0.92544, 0.88908, 0.84238, 0.78518, 0.71819, 0.64307, 0.56231, 0.47902,
                           0.39658, 0.31830, 0.24700, 0.18478, 0.13283, 0.09140, 0.05993, 0.03723, 0.02176, 0.01186,
                           0.00594, 0.00269, 0.00107, 0.00036, 0.00009, 0.00001, 0.00000};

}  // namespace

double resampler_gain(double fraction) noexcept {
    constexpr auto last = static_cast<double>(gains.size() - 1);
    const double place = std::clamp((fraction - first_fraction) / (last_fraction - first_fraction) * last, 0.0, last);
    const auto index = std::min(static_cast<std::size_t>(place), gains.size() - 2);
    const double part = place - static_cast<double>(index);
    return gains[index] * (1.0 - part) + gains[index + 1] * part;
}

}  // namespace earmark
