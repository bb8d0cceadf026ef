#include "decode/hidden_codec.h"

#include <algorithm>
#include <array>

extern "C" {
#include <libavutil/frame.h>
#include <libavutil/samplefmt.h>
}

namespace earmark::decode {
namespace {

// Of DTS (ETSI TS 102 114, 5.3): 16 and 14 bits a word, in either order of the bytes.
constexpr std::array<std::uint32_t, 4> sync_words{0x7ffe8001, 0xfe7f0180, 0x1fffe800, 0xff1f00e8};

// Shorter frames there are none.
constexpr std::size_t least_distance = 48;
constexpr int wanted_sync_words = 6;

// A burst of IEC 61937 begins with two fixed words and the type of what is in it, which states how far it is to the
// next burst.
constexpr std::uint32_t preamble = 0xf8724e1f;
constexpr std::uint32_t swapped_preamble = 0x72f81f4e;
constexpr int wanted_bursts = 4;

struct BurstType {
    unsigned number;
    const char* codec;
    std::size_t distance;  ///< samples of both channels
};

constexpr std::array burst_types{BurstType{1, "AC-3", 3072}, BurstType{11, "DTS", 1024}, BurstType{12, "DTS", 2048},
                                 BurstType{13, "DTS", 4096}, BurstType{21, "E-AC-3", 12288}};

}  // namespace

void HiddenCodec::add(const AVFrame& frame) noexcept {
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

void HiddenCodec::add(std::int16_t sample) noexcept {
    const auto next = static_cast<std::uint16_t>(sample);
    if (position_ > 0 || next != 0) ++position_;
    if (is_found()) return;
    look_for_burst(next);
    word_ = (word_ << 16) | next;
    look_for_sync_word(word_);
}

void HiddenCodec::look_for_sync_word(std::uint32_t word) noexcept {
    if (std::ranges::find(sync_words, word) == sync_words.end()) return;
    auto& [last_at, distance, count] = sync_words_;
    const std::size_t new_distance = position_ - last_at;
    const bool is_next = count > 0 && new_distance >= least_distance && (count == 1 || new_distance == distance);
    sync_words_ = {position_, new_distance, is_next ? count + 1 : 1};
    if (count == wanted_sync_words) name_ = "DTS";
}

void HiddenCodec::look_for_burst(std::uint16_t sample) noexcept {
    if (word_ != preamble && word_ != swapped_preamble) return;
    const unsigned number = (word_ == preamble ? sample : sample >> 8) & 0x1fU;
    const auto* const type = std::ranges::find(burst_types, number, &BurstType::number);
    if (type == burst_types.end()) return;
    const bool is_next = bursts_.distance == type->distance && position_ - bursts_.last_at == type->distance;
    bursts_ = {position_, type->distance, is_next ? bursts_.count + 1 : 1};
    if (bursts_.count == wanted_bursts) name_ = type->codec;
}

}  // namespace earmark::decode
