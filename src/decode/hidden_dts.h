#pragma once

#include <cstddef>
#include <cstdint>

struct AVFrame;

namespace earmark::decode {

/// Notices DTS among the 16-bit samples of two channels: rips of DTS CDs where FFmpeg does not look for it, which is in
/// FLAC, AIFF and the like, and in a WAV that begins with silence. Looks at the first three seconds of what is not
/// silent.
class HiddenDts {
public:
    void add(const AVFrame& frame) noexcept;

    /// So many sync words have come at the same distance. (ETSI TS 102 114, 5.3: 16 and 14 bits a word, in either order
    /// of the bytes.)
    bool is_found() const noexcept { return count_ >= wanted_count; }

private:
    static constexpr int wanted_count = 6;
    static constexpr std::size_t searched_samples = std::size_t{1} << 18;

    void add(std::int16_t sample) noexcept;

    std::uint16_t last_ = 0;
    std::size_t position_ = 0;  ///< since the first sample that is not 0
    std::size_t last_at_ = 0;   ///< of a sync word
    std::size_t distance_ = 0;
    int count_ = 0;
};

}  // namespace earmark::decode
