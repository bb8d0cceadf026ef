#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>

#include "earmark/model.h"

namespace earmark {
namespace {

constexpr double shortest_duration_s = 0.05;
constexpr double longest_duration_s = 60.0;

bool fill_segments(int count, const std::vector<NetworkArchitecture>& architectures) {
    return std::ranges::any_of(architectures, [&](const NetworkArchitecture& network) {
        return network.segment_frames > 1 && count % network.segment_frames == 0;
    });
}

// 1.7 of the longest segment, rounded up.
int least_frame_count(const std::vector<NetworkArchitecture>& architectures) {
    int longest = 1;
    for (const NetworkArchitecture& network : architectures) longest = std::max(longest, network.segment_frames);
    return (17 * longest + 9) / 10;
}

int frame_count(double duration_s, const SpectrogramSettings& settings) {
    return 1 + static_cast<int>(std::llround(duration_s * settings.sample_rate_hz)) / settings.hop_samples;
}

// The first time at or after t at which the signal's sweep has made a whole number of periods. A signal that ends with
// a zero of the sweep shows best how its end was padded: mirrored, the sweep has a kink there.
double next_whole_period_s(double t) {
    const double period_count = std::ceil(110.0 * t + 55.0 * t * t);
    return std::sqrt(1.0 + period_count / 55.0) - 1.0;
}

}  // namespace

double self_test_duration_s(const Model& model) {
    const SpectrogramSettings& settings = model.spectrogram;
    for (int count = least_frame_count(model.architectures);; ++count) {
        const double least_s = static_cast<double>(count - 1) * settings.hop_samples / settings.sample_rate_hz;
        if (least_s >= longest_duration_s) return longest_duration_s;
        const double duration_s = std::clamp(next_whole_period_s(least_s), shortest_duration_s, longest_duration_s);
        if (!fill_segments(frame_count(duration_s, settings), model.architectures)) return duration_s;
    }
}

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
