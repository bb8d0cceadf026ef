#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <string>
#include <vector>

namespace earmark::test {

/// The noise of the self-test in earmark/model.h, within [-1, 1), times `amplitude`.
inline std::vector<float> noise(std::size_t count, double amplitude) {
    std::vector<float> samples(count);
    std::uint32_t state = 1;
    for (float& sample : samples) {
        state = 1664525U * state + 1013904223U;
        sample = static_cast<float>(amplitude * (state / 2147483648.0 - 1.0));
    }
    return samples;
}

/// A function of time in seconds, sampled.
template <typename Function>
std::vector<float> sampled(std::size_t count, int sample_rate_hz, Function function) {
    std::vector<float> samples(count);
    for (std::size_t n = 0; n < count; ++n) {
        samples[n] = static_cast<float>(function(static_cast<double>(n) / sample_rate_hz));
    }
    return samples;
}

inline std::vector<float> sine(std::size_t count, int sample_rate_hz, double frequency_hz, double amplitude) {
    return sampled(count, sample_rate_hz,
                   [=](double t) { return amplitude * std::sin(2 * std::numbers::pi * frequency_hz * t); });
}

/// The inputs of tests/golden/spectrogram/generate.py, by the same formulas.
inline std::vector<float> golden_signal(const std::string& kind, std::size_t count, int sample_rate_hz) {
    constexpr double turn = 2 * std::numbers::pi;
    if (kind == "sine") {
        return sampled(count, sample_rate_hz,
                       [](double t) { return 0.5 * std::cos(turn * 440.0 * t) + 0.25 * std::sin(turn * 3520.0 * t); });
    }
    if (kind == "chirp") {
        return sampled(count, sample_rate_hz,
                       [](double t) { return 0.5 * std::sin(turn * (20.0 * t + 5000.0 * t * t)); });
    }
    if (kind == "noise") return noise(count, 0.3);
    if (kind == "loud") return noise(count, 20.0);
    if (kind == "quiet") return noise(count, 1e-5);
    std::vector<float> samples(count, 0.0F);
    if (kind == "impulse") samples.at(4000) = 1.0F;
    return samples;
}

}  // namespace earmark::test
