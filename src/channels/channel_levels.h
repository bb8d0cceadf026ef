#pragma once

#include <array>
#include <cstddef>
#include <span>

namespace earmark {

inline constexpr std::size_t most_channels = 64;

/// The levels of the channels of a clip from the first sound on, and which channels sound by them. Powers are
/// variances, so that a constant offset is no sound.
class ChannelLevels {
public:
    /// REQUIRES: 1 to most_channels.
    void start(std::size_t channel_count) noexcept;

    /// Some interleaved frames. A channel sounds from the first call on in which its power is above -70 dB of full
    /// scale and above -40 dB of the loudest channel: codecs leak a little of one channel into another. REQUIRES: whole
    /// frames.
    void add(std::span<const float> frames) noexcept;

    bool has_sound() const noexcept { return sounding_count_ > 0; }
    bool all_sound() const noexcept { return sounding_count_ == channel_count_; }
    std::size_t sounding_count() const noexcept { return sounding_count_; }

    /// The one with the most energy so far.
    std::size_t loudest() const noexcept;

    /// Of all calls in which any channel was above -70 dB.
    std::size_t sound_frame_count() const noexcept { return sound_frame_count_; }

    /// Whether the mean of the channels that sound has less than 0.4 of the energy that it would have if they were
    /// unrelated: for two of equal level, a correlation below -0.6.
    bool cancel() const noexcept;

private:
    std::size_t channel_count_ = 1;
    std::size_t sounding_count_ = 0;
    std::size_t sound_frame_count_ = 0;
    std::array<bool, most_channels> sounds_{};
    std::array<double, most_channels> energies_{};
    double mean_energy_ = 0.0;  ///< of the mean over all channels
};

}  // namespace earmark
