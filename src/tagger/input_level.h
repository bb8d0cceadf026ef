#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace earmark {

/// Mono samples that come in portions of any size, to samples without a constant offset and with a full scale of 1.
///
/// Both are decided by what comes first: from the first sample above -70 dB of full scale on, 2^17 samples (3.0 s at
/// 44.1 kHz, 512 KiB) are held back, or the whole clip where it is shorter. Where nothing is wrong with them, they and
/// all that follow pass as they are. An offset is the mean under a Hann window, in which not even the lowest tones
/// leave a trace; it is removed when it is more than 0.005 of full scale, and not from clips of less than 2^15 samples.
/// Where more than a thousandth of the samples are beyond twice full scale (6 dB, which decoded music does not reach),
/// all are divided: by their peak up to 2^8; beyond it they are those of whole numbers that were stored as they are,
/// and are divided by 2^15, 2^23 or 2^31. Of what comes later, samples beyond 16 times full scale are damage and become
/// 0; where there are many, the clip is refused at its end. Many beyond twice full scale are reported.
class InputLevel {
public:
    static constexpr std::size_t judged_samples = std::size_t{1} << 17;

    /// Forgets what came before. When `plain`, all samples pass as they are.
    void start(bool plain);

    /// Calls visit(samples), with samples that are valid during the call only. Throws Error (damaged_audio) when one
    /// is not a finite number.
    template <typename Visit>
    void add(std::span<const float> samples, Visit&& visit) {
        if (plain_ || state_ != State::decided) refuse_not_finite(samples);
        if (state_ == State::waiting) samples = pass_silence(samples, visit);
        if (state_ == State::held_back) samples = hold_back(samples);
        if (state_ == State::decided) {
            if (!held_.empty()) visit(corrected(held_));
            held_.clear();
            if (!samples.empty()) visit(is_right(samples) ? samples : corrected(samples));
        }
    }

    /// The same with what was held back; then start() begins the next clip. Throws Error (damaged_audio) when more than
    /// a thousandth of the samples are far beyond full scale.
    template <typename Visit>
    void finish(Visit&& visit) {
        if (state_ == State::held_back) decide();
        if (!held_.empty()) visit(corrected(held_));
        held_.clear();
        refuse_beyond_scale();
    }

    /// What was wrong with the scale, or empty. REQUIRES: finish() was called.
    std::string warning() const;

private:
    enum class State : std::uint8_t { waiting, held_back, decided };

    template <typename Visit>
    std::span<const float> pass_silence(std::span<const float> samples, Visit&& visit) {
        const std::size_t count = silent_count(samples);
        if (count > 0) visit(samples.first(count));
        if (count < samples.size()) state_ = State::held_back;
        sample_count_ += count;
        return samples.subspan(count);
    }

    static void refuse_not_finite(std::span<const float> samples);
    static std::size_t silent_count(std::span<const float> samples) noexcept;
    std::span<const float> hold_back(std::span<const float> samples);
    void decide();
    bool is_right(std::span<const float> samples);
    std::span<const float> corrected(std::span<const float> samples);
    void refuse_beyond_scale() const;

    State state_ = State::decided;
    bool plain_ = true;
    float offset_ = 0.0F;
    float full_scale_ = 1.0F;
    std::size_t sample_count_ = 0;
    std::size_t loud_count_ = 0;    ///< of samples that are beyond 2 although they were scaled
    std::size_t beyond_count_ = 0;  ///< of those that are beyond 16
    float greatest_ = 0.0F;         ///< of the samples that were beyond
    std::vector<float> held_;
    std::vector<float> corrected_;
};

}  // namespace earmark
