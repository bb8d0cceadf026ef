#include "tagger/mono_mix.h"

#include <algorithm>

namespace earmark {
namespace {

// Stereo has a constant number of channels, so that the compiler vectorizes over time.
void mix_stereo(std::span<const float> frames, std::span<float> mono) {
    for (std::size_t i = 0; i < mono.size(); ++i) mono[i] = (frames[2 * i] + frames[2 * i + 1]) * 0.5F;
}

void mix(std::span<const float> frames, std::size_t channel_count, std::span<float> mono) {
    const float factor = 1.0F / static_cast<float>(channel_count);
    for (std::size_t i = 0; i < mono.size(); ++i) {
        float sum = 0.0F;
        for (const float sample : frames.subspan(i * channel_count, channel_count)) sum += sample;
        mono[i] = sum * factor;
    }
}

}  // namespace

std::span<const float> MonoMix::complete_frame(std::span<const float> interleaved) noexcept {
    const std::size_t count = std::min(channel_count_ - kept_count_, interleaved.size());
    std::copy_n(interleaved.begin(), count, kept_.begin() + kept_count_);
    kept_count_ += count;
    return interleaved.subspan(count);
}

std::span<const float> MonoMix::mixed(std::span<const float> frames) {
    mono_.resize(frames.size() / channel_count_);
    if (channel_count_ == 2)
        mix_stereo(frames, mono_);
    else
        mix(frames, channel_count_, mono_);
    return mono_;
}

}  // namespace earmark
