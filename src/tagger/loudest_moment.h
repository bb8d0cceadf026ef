#pragma once

#include <cstddef>
#include <span>

namespace earmark {

/// The level of the loudest moment of a clip, whose samples come in portions of any size. A moment is 2^14 samples, 0.4
/// s at 44.1 kHz as in ITU-R BS.1770 (without its filter), or the rest at the end. Powers are variances, so that a
/// constant offset is no sound. After the first moment that is loud enough nothing is measured any more.
class LoudestMoment {
public:
    static constexpr std::size_t moment_samples = std::size_t{1} << 14;

    /// Forgets what came before.
    void start() noexcept { *this = LoudestMoment(); }

    void add(std::span<const float> samples) noexcept {
        if (power_ < quiet_power) measure(samples);
    }

    /// Of the rest; then start() begins the next clip.
    void finish() noexcept;

    /// Whether no moment reaches -40 dB of full scale.
    bool is_quiet() const noexcept { return power_ < quiet_power; }

    /// REQUIRES: is_quiet().
    double level_db() const noexcept;

private:
    static constexpr double quiet_power = 1e-4;

    void measure(std::span<const float> samples) noexcept;

    double power_ = 0.0;  ///< of the loudest moment
    std::size_t count_ = 0;
    double sum_ = 0.0;
    double squares_ = 0.0;
};

}  // namespace earmark
