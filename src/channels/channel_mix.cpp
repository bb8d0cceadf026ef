#include "channels/channel_mix.h"

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

void ChannelMix::start(std::size_t channel_count, bool plain) {
    channel_count_ = channel_count;
    state_ = plain || channel_count == 1 ? State::mean : State::held_back;
    kept_count_ = 0;
    levels_.start(channel_count);
    block_.clear();
    held_mean_.clear();
    held_apart_.clear();
    ready_.clear();
}

std::span<const float> ChannelMix::complete_frame(std::span<const float> interleaved) noexcept {
    const std::size_t count = std::min(channel_count_ - kept_count_, interleaved.size());
    std::copy_n(interleaved.begin(), count, kept_.begin() + kept_count_);
    kept_count_ += count;
    return interleaved.subspan(count);
}

std::span<const float> ChannelMix::mixed(std::span<const float> frames) {
    mono_.resize(frames.size() / channel_count_);
    if (channel_count_ == 2)
        mix_stereo(frames, mono_);
    else
        mix(frames, channel_count_, mono_);
    return mono_;
}

// Below one block, whatever the portions are, the same samples are judged together.
std::span<const float> ChannelMix::judge(std::span<const float> interleaved) {
    const std::size_t wanted = measured_frames * channel_count_ - block_.size();
    const std::size_t count = std::min(wanted, interleaved.size());
    block_.insert(block_.end(), interleaved.begin(), interleaved.begin() + static_cast<std::ptrdiff_t>(count));
    if (count == wanted) {
        judge_block(block_);
        block_.clear();
    }
    return interleaved.subspan(count);
}

void ChannelMix::judge_rest() {
    if (is_mean()) return;
    const std::size_t whole = block_.size() / channel_count_ * channel_count_;
    if (whole > 0) judge_block(std::span(block_).first(whole));
    kept_count_ = block_.size() - whole;
    block_.clear();
    if (state_ == State::held_back) decide();
}

void ChannelMix::judge_block(std::span<const float> frames) {
    const bool had_sound = levels_.has_sound();
    if (state_ != State::apart) levels_.add(frames);
    if (!had_sound) loudest_ = levels_.loudest();
    switch (state_) {
        case State::mean:
        case State::held_back: return hold_back(frames);
        case State::sounding: return append_sounding(frames);
        case State::apart: return append_apart(frames, ready_);
    }
}

void ChannelMix::hold_back(std::span<const float> frames) {
    const std::span<const float> mean = mixed(frames);
    if (!levels_.has_sound()) {
        ready_.insert(ready_.end(), mean.begin(), mean.end());
        return;
    }
    held_mean_.insert(held_mean_.end(), mean.begin(), mean.end());
    append_apart(frames, held_apart_);
    const bool is_judged = levels_.all_sound() && levels_.sound_frame_count() >= judged_frames;
    if (is_judged || held_mean_.size() >= most_held_frames) decide();
}

void ChannelMix::decide() {
    state_ = levels_.all_sound() ? State::mean : State::sounding;
    if (levels_.cancel()) state_ = State::apart;
    if (state_ == State::apart)
        release(held_apart_, 1.0F);
    else
        release(held_mean_, sounding_gain());
}

void ChannelMix::append_sounding(std::span<const float> frames) {
    const float gain = sounding_gain();
    for (const float sample : mixed(frames)) ready_.push_back(sample * gain);
    if (levels_.all_sound()) state_ = State::mean;
}

void ChannelMix::append_apart(std::span<const float> frames, std::vector<float>& samples) const {
    if (channel_count_ == 2) {
        for (std::size_t place = 0; place < frames.size(); place += 2)
            samples.push_back((frames[place] - frames[place + 1]) * 0.5F);
        return;
    }
    for (std::size_t place = loudest_; place < frames.size(); place += channel_count_) samples.push_back(frames[place]);
}

void ChannelMix::release(std::vector<float>& samples, float gain) {
    ready_.reserve(ready_.size() + samples.size());
    for (const float sample : samples) ready_.push_back(sample * gain);
    held_mean_ = {};  // memory that most clips do not need again
    held_apart_ = {};
}

// From the mean over all channels to that over those that sound; the others add nothing to it.
float ChannelMix::sounding_gain() const noexcept {
    if (!levels_.has_sound()) return 1.0F;
    return static_cast<float>(channel_count_) / static_cast<float>(levels_.sounding_count());
}

}  // namespace earmark
