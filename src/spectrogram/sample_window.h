#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace earmark {

/// The centered, overlapping frames of audio that comes in portions: frame i is `window` samples around sample i * hop.
/// Samples outside of the audio are reflected. Only what later frames need is kept.
class SampleWindow {
public:
    SampleWindow(std::size_t window, std::size_t hop) : window_(window), hop_(hop), reflected_(window) {}

    /// Calls visit(frame) for every frame that is complete with these samples.
    template <typename Visit>
    void add(std::span<const float> samples, Visit&& visit) {
        kept_.insert(kept_.end(), samples.begin(), samples.end());
        while (is_complete()) visit(next_frame());
        forget();
    }

    /// Calls visit(frame) for the frames that reach over the end, and is ready for the next audio.
    template <typename Visit>
    void finish(Visit&& visit) {
        while (!kept_.empty() && next_ * hop_ <= sample_count()) visit(next_frame());
        reset();
    }

    void reset() noexcept;

private:
    std::size_t sample_count() const noexcept { return first_ + kept_.size(); }

    /// Its last sample is there, and so are those that are reflected before the first one.
    bool is_complete() const noexcept;

    /// Samples as they are in `kept_`, or reflected ones.
    std::span<const float> next_frame();
    void forget();

    std::size_t window_;
    std::size_t hop_;
    std::size_t next_ = 0;   ///< frame
    std::size_t first_ = 0;  ///< place of kept_[0] in the audio
    std::vector<float> kept_;
    std::vector<float> reflected_;
};

}  // namespace earmark
