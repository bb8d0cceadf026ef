#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "channels/channel_levels.h"

namespace earmark {

/// What a result from one of several channels comes with.
inline constexpr char channels_cancel_warning[] = "the channels cancel each other: they were not averaged";

/// Interleaved samples that come in portions of any size to one channel.
///
/// The plain mix is the mean over all channels. Otherwise it is the mean over those that sound. Where they cancel each
/// other (ChannelLevels), half the difference of two channels is taken, which is their mean with one of them inverted,
/// and of more than two channels one. What a clip is cannot be known before its end, and a second pass is to be
/// spared. So what comes from the first sound on is held back until all channels have sounded, and judged_frames with
/// sound have come; a clip that ends before, or a channel that does not sound within most_held_frames, is decided by
/// what came. The mix of what was held back and of all that follows is then one of these: the mean over all channels,
/// and nothing is measured any more; the mean over those that sounded, where one that sounds later counts from there
/// on; or, of those that cancel each other, the difference, or the channel that was loudest when the sound began.
class ChannelMix {
public:
    static constexpr std::size_t judged_frames = std::size_t{1} << 17;     ///< 3.0 s at 44.1 kHz; 1 MiB
    static constexpr std::size_t most_held_frames = std::size_t{1} << 21;  ///< 47 s at 44.1 kHz; 16 MiB

    /// Forgets what came before. REQUIRES: 1 to most_channels.
    void start(std::size_t channel_count, bool plain);

    /// Calls visit(mono) with the frames that these samples complete, in blocks. What visit() gets is valid during the
    /// call only.
    template <typename Visit>
    void add(std::span<const float> interleaved, Visit&& visit) {
        while (!is_mean() && !interleaved.empty()) {
            interleaved = judge(interleaved);
            visit_ready(visit);
        }
        if (is_mean()) add_mean(interleaved, visit);
    }

    /// The same with what was held back; then start() begins the next clip.
    template <typename Visit>
    void finish(Visit&& visit) {
        judge_rest();
        visit_ready(visit);
    }

    /// Whether the mix of all that will come is the mean over all channels.
    bool is_mean() const noexcept { return state_ == State::mean; }

    /// Whether the last frame lacks channels so far.
    bool has_incomplete_frame() const noexcept { return kept_count_ > 0; }

    /// Whether they cancel each other, so that no mean was taken.
    bool channels_cancel() const noexcept { return state_ == State::apart; }

private:
    enum class State : std::uint8_t { held_back, mean, sounding, apart };

    static constexpr std::size_t block_frames = 4096;
    static constexpr std::size_t measured_frames = 1024;

    template <typename Visit>
    void visit_ready(Visit&& visit) {
        if (!ready_.empty()) visit(std::span<const float>(ready_));
        ready_.clear();
    }

    template <typename Visit>
    void add_mean(std::span<const float> interleaved, Visit&& visit) {
        if (channel_count_ == 1) return visit(interleaved);
        if (kept_count_ > 0) {
            interleaved = complete_frame(interleaved);
            if (kept_count_ < channel_count_) return;
            kept_count_ = 0;
            visit(mixed(std::span(kept_).first(channel_count_)));
        }
        const std::size_t block_samples = block_frames * channel_count_;
        while (interleaved.size() >= channel_count_) {
            const std::size_t whole = interleaved.size() / channel_count_ * channel_count_;
            const std::size_t count = whole < block_samples ? whole : block_samples;
            visit(mixed(interleaved.first(count)));
            interleaved = interleaved.subspan(count);
        }
        complete_frame(interleaved);
    }

    // Keeps samples until a frame is complete; returns the rest.
    std::span<const float> complete_frame(std::span<const float> interleaved) noexcept;
    std::span<const float> mixed(std::span<const float> frames);

    // Keeps samples until a block to measure is complete; returns the rest.
    std::span<const float> judge(std::span<const float> interleaved);
    void judge_rest();
    void judge_block(std::span<const float> frames);
    void hold_back(std::span<const float> frames);
    void decide();
    void append_sounding(std::span<const float> frames);
    void append_apart(std::span<const float> frames, std::vector<float>& samples) const;
    void release(std::vector<float>& samples, float gain);
    float sounding_gain() const noexcept;

    std::size_t channel_count_ = 1;
    State state_ = State::mean;
    std::array<float, most_channels> kept_{};  ///< the start of a frame
    std::size_t kept_count_ = 0;
    std::vector<float> mono_;

    ChannelLevels levels_;
    std::vector<float> block_;  ///< the start of one that is to be measured
    std::size_t loudest_ = 0;   ///< the channel that was it when the sound began
    std::vector<float> held_mean_;
    std::vector<float> held_apart_;
    std::vector<float> ready_;
};

}  // namespace earmark
