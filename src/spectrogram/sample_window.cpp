#include "spectrogram/sample_window.h"

#include <algorithm>

#include "spectrogram/reflection.h"

namespace earmark {

void SampleWindow::reset() noexcept {
    next_ = 0;
    first_ = 0;
    kept_.clear();
}

bool SampleWindow::is_complete() const noexcept {
    const std::size_t end = next_ * hop_ + window_ - window_ / 2;
    return sample_count() >= std::max(end, window_ / 2 + 1);
}

std::span<const float> SampleWindow::next_frame() {
    const auto start = static_cast<std::ptrdiff_t>(next_ * hop_) - static_cast<std::ptrdiff_t>(window_ / 2);
    ++next_;
    const std::ptrdiff_t place = start - static_cast<std::ptrdiff_t>(first_);
    if (place >= 0 && static_cast<std::size_t>(place) + window_ <= kept_.size()) {
        return std::span(kept_).subspan(static_cast<std::size_t>(place), window_);
    }
    for (std::size_t i = 0; i < window_; ++i) {
        const auto index = start + static_cast<std::ptrdiff_t>(i);
        reflected_[i] = kept_[reflected_index(index, sample_count()) - first_];
    }
    return reflected_;
}

void SampleWindow::forget() {
    // Frames at the end reflect half a window before the last sample.
    const std::size_t half = window_ / 2;
    const std::size_t next_start = next_ * hop_ - std::min(next_ * hop_, half);
    const std::size_t reflection_start = sample_count() - std::min(sample_count(), half + 1);
    const std::size_t needed = std::min(next_start, reflection_start);
    // Moved rarely, so that small portions cost no more than great ones.
    if (needed - first_ < kept_.size() / 2) return;
    kept_.erase(kept_.begin(), kept_.begin() + static_cast<std::ptrdiff_t>(needed - first_));
    first_ = needed;
}

}  // namespace earmark
