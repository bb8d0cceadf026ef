#include "tagger/input_level.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdio>
#include <numbers>

#include "earmark/error.h"

namespace earmark {
namespace {

constexpr float silence = 3.16e-4F;
constexpr float loudest_level = 2.0F;    // a power of two
constexpr float greatest_level = 16.0F;  // likewise
constexpr double most_beyond = 1e-3;
constexpr float greatest_peak = 0x1p8F;
constexpr std::array whole_number_scales{0x1p15F, 0x1p23F, 0x1p31F};

// Kick drums whose waves are not symmetric have a mean of up to 0.0038 (docs/decisions/057).
constexpr double least_offset = 5e-3;
constexpr std::size_t least_offset_samples = std::size_t{1} << 15;

bool is_loud(float sample) noexcept { return std::abs(sample) >= loudest_level; }

bool is_beyond(float sample) noexcept { return std::abs(sample) >= greatest_level; }

// On bits and without an early end, so that the compiler vectorizes it. Infinities and what is not a number are loud.
bool any_loud(std::span<const float> samples) noexcept {
    constexpr auto limit = std::bit_cast<std::uint32_t>(loudest_level);
    std::uint32_t found = 0;
    for (const float sample : samples)
        found |= static_cast<std::uint32_t>((std::bit_cast<std::uint32_t>(sample) & 0x7FFFFFFF) >= limit);
    return found != 0;
}

// The spectrogram does not let such samples through to where they could be noticed more cheaply.
bool all_finite(std::span<const float> samples) noexcept {
    constexpr std::uint32_t exponent = 0x7F800000;  // all ones in infinities and in what is not a number
    std::uint32_t is_bad = 0;
    for (const float sample : samples)
        is_bad |= static_cast<std::uint32_t>((std::bit_cast<std::uint32_t>(sample) & exponent) == exponent);
    return is_bad == 0;
}

bool are_too_many(std::size_t count, std::size_t sample_count) noexcept {
    return static_cast<double>(count) > most_beyond * static_cast<double>(sample_count);
}

std::size_t count_if(std::span<const float> samples, bool (*is)(float)) {
    return static_cast<std::size_t>(std::ranges::count_if(samples, is));
}

// Of a few samples that no sound has, nothing is known.
float peak_of(std::span<const float> samples) {
    const bool few = !are_too_many(count_if(samples, is_beyond), samples.size());
    float peak = 0.0F;
    for (const float sample : samples)
        if (!few || !is_beyond(sample)) peak = std::max(peak, std::abs(sample));
    return peak;
}

// Of mixes that were never brought to full scale, and of whole numbers that somebody took as they are. The peaks of
// music are at most twice full scale.
float full_scale_of(std::span<const float> samples) {
    if (!are_too_many(count_if(samples, is_loud), samples.size())) return 1.0F;
    const float peak = peak_of(samples);
    if (peak <= greatest_peak) return peak;
    for (const float scale : whole_number_scales)
        if (peak <= 2.0F * scale) return scale;
    return 1.0F;
}

// "32768", "9.87".
std::string short_number(float value) {
    char text[32];
    std::snprintf(text, sizeof text, value < 100.0F ? "%.3g" : "%.0f", static_cast<double>(value));
    return text;
}

// The mean under a Hann window, without damaged samples.
double offset_of(std::span<const float> samples, float full_scale) {
    const double turn = 2.0 * std::numbers::pi / static_cast<double>(samples.size());
    double sum = 0.0;
    double weights = 0.0;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const double weight = 1.0 - std::cos(turn * (static_cast<double>(i) + 0.5));
        if (is_beyond(samples[i] / full_scale)) continue;
        sum += weight * samples[i];
        weights += weight;
    }
    return sum / weights;
}

}  // namespace

void InputLevel::start(bool plain) {
    plain_ = plain;
    state_ = plain ? State::decided : State::waiting;
    offset_ = 0.0F;
    full_scale_ = 1.0F;
    sample_count_ = 0;
    loud_count_ = 0;
    beyond_count_ = 0;
    greatest_ = 0.0F;
    held_.clear();
}

void InputLevel::refuse_not_finite(std::span<const float> samples) {
    if (!all_finite(samples))
        throw Error(ErrorCode::damaged_audio, "the audio has samples that are not finite numbers");
}

std::size_t InputLevel::silent_count(std::span<const float> samples) noexcept {
    const auto sound = std::ranges::find_if(samples, [](float sample) { return std::abs(sample) > silence; });
    return static_cast<std::size_t>(sound - samples.begin());
}

std::span<const float> InputLevel::hold_back(std::span<const float> samples) {
    const std::size_t count = std::min(judged_samples - held_.size(), samples.size());
    held_.insert(held_.end(), samples.begin(), samples.begin() + static_cast<std::ptrdiff_t>(count));
    if (held_.size() == judged_samples) decide();
    return samples.subspan(count);
}

void InputLevel::decide() {
    state_ = State::decided;
    full_scale_ = full_scale_of(held_);
    if (held_.size() < least_offset_samples) return;
    const double offset = offset_of(held_, full_scale_);
    if (std::abs(offset) > least_offset * full_scale_) offset_ = static_cast<float>(offset);
}

bool InputLevel::is_right(std::span<const float> samples) {
    if (plain_) return true;
    if (offset_ == 0.0F && full_scale_ == 1.0F && !any_loud(samples)) {
        sample_count_ += samples.size();
        return true;
    }
    refuse_not_finite(samples);
    return false;
}

std::span<const float> InputLevel::corrected(std::span<const float> samples) {
    corrected_.resize(samples.size());
    sample_count_ += samples.size();
    const float factor = 1.0F / full_scale_;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const float sample = (samples[i] - offset_) * factor;
        corrected_[i] = is_beyond(sample) ? 0.0F : sample;
        if (!is_loud(sample)) continue;
        ++loud_count_;
        if (is_beyond(sample)) ++beyond_count_;
        greatest_ = std::max(greatest_, std::abs(samples[i]));
    }
    return corrected_;
}

void InputLevel::refuse_beyond_scale() const {
    if (!are_too_many(beyond_count_, sample_count_)) return;
    throw Error(ErrorCode::damaged_audio, "its samples reach " + std::to_string(std::lround(greatest_)) +
                                              ", far beyond full scale; expected samples from -1 to 1");
}

std::string InputLevel::warning() const {
    std::string text;
    if (full_scale_ != 1.0F) text = "samples far beyond full scale: divided by " + short_number(full_scale_);
    if (!are_too_many(loud_count_, sample_count_)) return text;
    return text + (text.empty() ? "" : "; ") + "samples reach " + short_number(greatest_) +
           ", beyond full scale: the tags are unsure";
}

}  // namespace earmark
