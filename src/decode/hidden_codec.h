#pragma once

#include <cstddef>
#include <cstdint>

struct AVFrame;

namespace earmark::decode {

/// Notices compressed audio among the 16-bit samples of two channels where FFmpeg does not look for it, which is in
/// FLAC, AIFF and the like, and in a WAV that begins with silence: DTS (rips of DTS CDs), and AC-3, E-AC-3 and DTS that
/// are packed for a digital output (IEC 61937). Looks at the first three seconds of what is not silent.
class HiddenCodec {
public:
    void add(const AVFrame& frame) noexcept;

    bool is_found() const noexcept { return name_ != nullptr; }

    /// Of the codec that was found.
    const char* name() const noexcept { return name_; }

private:
    static constexpr std::size_t searched_samples = std::size_t{1} << 18;

    /// How often something came at the same distance.
    struct Repetition {
        std::size_t last_at = 0;
        std::size_t distance = 0;
        int count = 0;
    };

    void add(std::int16_t sample) noexcept;
    void look_for_sync_word(std::uint32_t word) noexcept;
    void look_for_burst(std::uint16_t sample) noexcept;

    const char* name_ = nullptr;
    std::uint32_t word_ = 0;    ///< the last two samples
    std::size_t position_ = 0;  ///< since the first sample that is not 0
    Repetition sync_words_;
    Repetition bursts_;
};

}  // namespace earmark::decode
