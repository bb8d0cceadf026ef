#include "channels/channel_levels.h"

#include <algorithm>

namespace earmark {
namespace {

constexpr double quietest_power = 1e-7;
constexpr double quietest_ratio = 1e-4;
constexpr double canceling_ratio = 0.4;

// Numbers that come one by one, to their energy around their mean.
class Energy {
public:
    void add(double value) noexcept {
        ++count_;
        sum_ += value;
        squares_ += value * value;
    }
    double value() const noexcept { return std::max(0.0, squares_ - sum_ * sum_ / count_); }

private:
    double count_ = 0.0;
    double sum_ = 0.0;
    double squares_ = 0.0;
};

}  // namespace

void ChannelLevels::start(std::size_t channel_count) noexcept {
    *this = ChannelLevels();
    channel_count_ = channel_count;
}

void ChannelLevels::add(std::span<const float> frames) noexcept {
    std::array<Energy, most_channels> energies;
    Energy mean_energy;
    for (std::size_t start = 0; start < frames.size(); start += channel_count_) {
        double sum = 0.0;
        for (std::size_t channel = 0; channel < channel_count_; ++channel) {
            const double sample = frames[start + channel];
            energies[channel].add(sample);
            sum += sample;
        }
        mean_energy.add(sum / static_cast<double>(channel_count_));
    }
    double greatest = 0.0;
    for (std::size_t channel = 0; channel < channel_count_; ++channel)
        greatest = std::max(greatest, energies[channel].value());
    const std::size_t frame_count = frames.size() / channel_count_;
    const double quietest = quietest_power * static_cast<double>(frame_count);
    if (greatest > quietest) sound_frame_count_ += frame_count;
    if (!has_sound() && greatest <= quietest) return;
    for (std::size_t channel = 0; channel < channel_count_; ++channel) {
        const double energy = energies[channel].value();
        energies_[channel] += energy;
        if (sounds_[channel] || energy <= std::max(quietest, quietest_ratio * greatest)) continue;
        sounds_[channel] = true;
        ++sounding_count_;
    }
    mean_energy_ += mean_energy.value();
}

std::size_t ChannelLevels::loudest() const noexcept {
    return static_cast<std::size_t>(std::ranges::max_element(energies_) - energies_.begin());
}

bool ChannelLevels::cancel() const noexcept {
    if (sounding_count_ < 2) return false;
    double energy = 0.0;
    for (std::size_t channel = 0; channel < channel_count_; ++channel)
        energy += sounds_[channel] ? energies_[channel] : 0.0;
    const auto count = static_cast<double>(sounding_count_);
    const double to_sounding = static_cast<double>(channel_count_) / count;
    const double if_unrelated = energy / (count * count);
    return mean_energy_ * to_sounding * to_sounding < canceling_ratio * if_unrelated;
}

}  // namespace earmark
