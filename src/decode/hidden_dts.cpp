#include "decode/hidden_dts.h"

#include <algorithm>
#include <array>

extern "C" {
#include <libavutil/frame.h>
#include <libavutil/samplefmt.h>
}

namespace earmark::decode {
namespace {

constexpr std::array<std::uint32_t, 4> sync_words{0x7ffe8001, 0xfe7f0180, 0x1fffe800, 0xff1f00e8};

// Shorter frames there are none.
constexpr std::size_t least_distance = 48;

}  // namespace

void HiddenDts::add(const AVFrame& frame) noexcept {
    const bool is_planar = frame.format == AV_SAMPLE_FMT_S16P;
    if (!is_planar && frame.format != AV_SAMPLE_FMT_S16) return;
    if (frame.ch_layout.nb_channels != 2 || position_ >= searched_samples || is_found()) return;
    const auto* const first = reinterpret_cast<const std::int16_t*>(frame.extended_data[0]);
    const auto* const second = is_planar ? reinterpret_cast<const std::int16_t*>(frame.extended_data[1]) : first + 1;
    const std::ptrdiff_t step = is_planar ? 1 : 2;
    for (std::ptrdiff_t i = 0; i < frame.nb_samples; ++i) {
        add(first[i * step]);
        add(second[i * step]);
    }
}

void HiddenDts::add(std::int16_t sample) noexcept {
    const auto next = static_cast<std::uint16_t>(sample);
    const std::uint32_t word = (static_cast<std::uint32_t>(last_) << 16) | next;
    last_ = next;
    if (position_ > 0 || next != 0) ++position_;
    if (is_found() || std::ranges::find(sync_words, word) == sync_words.end()) return;
    const std::size_t distance = position_ - last_at_;
    const bool is_next = count_ > 0 && distance >= least_distance && (count_ == 1 || distance == distance_);
    count_ = is_next ? count_ + 1 : 1;
    distance_ = distance;
    last_at_ = position_;
}

}  // namespace earmark::decode
