#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>

#include "earmark/model.h"

namespace earmark {

std::vector<float> self_test_signal(const SelfTest& self_test, int sample_rate_hz) {
    constexpr double two_pi = 2.0 * std::numbers::pi;
    std::vector<float> samples(static_cast<std::size_t>(std::llround(self_test.duration_s * sample_rate_hz)));
    std::uint32_t noise_state = 1;
    for (std::size_t n = 0; n < samples.size(); ++n) {
        const double t = static_cast<double>(n) / sample_rate_hz;
        noise_state = 1664525U * noise_state + 1013904223U;
        const double sweep = std::sin(two_pi * (110.0 * t + 55.0 * t * t));
        const double beep = std::fmod(t, 0.5) < 0.1 ? std::sin(two_pi * 1760.0 * t) : 0.0;
        const double noise = noise_state / 2147483648.0 - 1.0;
        samples[n] = static_cast<float>(0.4 * sweep + 0.2 * beep + 0.1 * noise);
    }
    return samples;
}

}  // namespace earmark
