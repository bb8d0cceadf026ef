#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace earmark {

/// Interleaved samples that come in portions of any size to their mean over the channels.
class MonoMix {
public:
    static constexpr std::size_t most_channels = 64;

    /// Forgets what came before. REQUIRES: 1 to most_channels.
    void start(std::size_t channel_count) noexcept {
        channel_count_ = channel_count;
        kept_count_ = 0;
    }

    /// Calls visit(mono) with the frames that these samples complete, in blocks of bounded size. What visit() gets is
    /// valid during the call only.
    template <typename Visit>
    void add(std::span<const float> interleaved, Visit&& visit) {
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

    /// Whether the last frame lacks channels so far.
    bool has_incomplete_frame() const noexcept { return kept_count_ > 0; }

private:
    static constexpr std::size_t block_frames = 4096;

    // Keeps samples until a frame is complete; returns the rest.
    std::span<const float> complete_frame(std::span<const float> interleaved) noexcept;
    std::span<const float> mixed(std::span<const float> frames);

    std::size_t channel_count_ = 1;
    std::array<float, most_channels> kept_{};  ///< the start of a frame
    std::size_t kept_count_ = 0;
    std::vector<float> mono_;
};

}  // namespace earmark
