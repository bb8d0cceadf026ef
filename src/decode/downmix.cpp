#include "decode/downmix.h"

#include <cmath>
#include <cstdint>
#include <type_traits>

extern "C" {
#include <libavutil/frame.h>
}

namespace earmark::decode {
namespace {

constexpr float greatest_sample = 1e12F;

template <typename Sample>
float to_float(Sample sample) {
    if constexpr (std::is_same_v<Sample, std::uint8_t>) return static_cast<float>(sample - 128);
    return static_cast<float>(sample);
}

/// What a full-scale sample is, as to_float gives it.
template <typename Sample>
constexpr float full_scale() {
    if constexpr (std::is_floating_point_v<Sample>) return 1.0F;
    return static_cast<float>(std::uint64_t{1} << (8 * sizeof(Sample) - 1));
}

template <typename Sample>
float finish(float sum, float factor) {
    const float mean = sum * factor;
    if constexpr (std::is_floating_point_v<Sample>) return std::fabs(mean) <= greatest_sample ? mean : 0.0F;
    return mean;
}

/// Mono and stereo have a constant number of channels, so that the compiler vectorizes over time.
template <typename Sample, int channel_count>
void mix_packed(const Sample* input, std::span<float> output, float factor) {
    for (std::size_t i = 0; i < output.size(); ++i) {
        float sum = 0.0F;
        for (int channel = 0; channel < channel_count; ++channel) sum += to_float(input[i * channel_count + channel]);
        output[i] = finish<Sample>(sum, factor);
    }
}

template <typename Sample>
void mix_packed(const Sample* input, std::size_t channel_count, std::span<float> output, float factor) {
    for (float& mean : output) {
        float sum = 0.0F;
        for (std::size_t channel = 0; channel < channel_count; ++channel) sum += to_float(input[channel]);
        input += channel_count;
        mean = finish<Sample>(sum, factor);
    }
}

template <typename Sample>
void mix_two_planes(const Sample* left, const Sample* right, std::span<float> output, float factor) {
    for (std::size_t i = 0; i < output.size(); ++i) {
        output[i] = finish<Sample>(to_float(left[i]) + to_float(right[i]), factor);
    }
}

template <typename Sample>
void mix_planes(const std::uint8_t* const* planes, std::size_t channel_count, std::span<float> output, float factor) {
    std::fill(output.begin(), output.end(), 0.0F);
    for (std::size_t channel = 0; channel < channel_count; ++channel) {
        const auto* plane = reinterpret_cast<const Sample*>(planes[channel]);
        for (std::size_t i = 0; i < output.size(); ++i) output[i] += to_float(plane[i]);
    }
    for (float& mean : output) mean = finish<Sample>(mean, factor);
}

template <typename Sample>
void mix(const AVFrame& frame, bool planar, std::span<float> output) {
    const int channel_count = frame.ch_layout.nb_channels;
    const float factor = 1.0F / (full_scale<Sample>() * static_cast<float>(channel_count));
    const auto plane = [&](int channel) { return reinterpret_cast<const Sample*>(frame.extended_data[channel]); };
    if (channel_count == 1) return mix_packed<Sample, 1>(plane(0), output, factor);
    if (planar && channel_count == 2) return mix_two_planes(plane(0), plane(1), output, factor);
    if (planar) return mix_planes<Sample>(frame.extended_data, channel_count, output, factor);
    if (channel_count == 2) return mix_packed<Sample, 2>(plane(0), output, factor);
    return mix_packed(plane(0), channel_count, output, factor);
}

template <typename Sample>
void interleave(const AVFrame& frame, bool planar, std::span<float> output) {
    const auto channel_count = static_cast<std::size_t>(frame.ch_layout.nb_channels);
    const float factor = 1.0F / full_scale<Sample>();
    for (std::size_t i = 0; i < output.size(); ++i) {
        const std::size_t channel = i % channel_count;
        const auto* plane = reinterpret_cast<const Sample*>(frame.extended_data[planar ? channel : 0]);
        output[i] = finish<Sample>(to_float(plane[planar ? i / channel_count : i]), factor);
    }
}

}  // namespace

std::span<const float> downmix(const AVFrame& frame, std::vector<float>& buffer) {
    const auto sample_count = static_cast<std::size_t>(frame.nb_samples);
    if (buffer.size() < sample_count) buffer.resize(sample_count);
    const std::span<float> output(buffer.data(), sample_count);
    const auto format = static_cast<AVSampleFormat>(frame.format);
    const bool planar = av_sample_fmt_is_planar(format) != 0;
    switch (av_get_packed_sample_fmt(format)) {
        case AV_SAMPLE_FMT_U8: mix<std::uint8_t>(frame, planar, output); break;
        case AV_SAMPLE_FMT_S16: mix<std::int16_t>(frame, planar, output); break;
        case AV_SAMPLE_FMT_S32: mix<std::int32_t>(frame, planar, output); break;
        case AV_SAMPLE_FMT_S64: mix<std::int64_t>(frame, planar, output); break;
        case AV_SAMPLE_FMT_FLT: mix<float>(frame, planar, output); break;
        case AV_SAMPLE_FMT_DBL: mix<double>(frame, planar, output); break;
        default: return {};
    }
    return output;
}

std::span<const float> interleave(const AVFrame& frame, std::vector<float>& buffer) {
    buffer.resize(static_cast<std::size_t>(frame.nb_samples) * static_cast<std::size_t>(frame.ch_layout.nb_channels));
    const auto format = static_cast<AVSampleFormat>(frame.format);
    const bool planar = av_sample_fmt_is_planar(format) != 0;
    switch (av_get_packed_sample_fmt(format)) {
        case AV_SAMPLE_FMT_U8: interleave<std::uint8_t>(frame, planar, buffer); break;
        case AV_SAMPLE_FMT_S16: interleave<std::int16_t>(frame, planar, buffer); break;
        case AV_SAMPLE_FMT_S32: interleave<std::int32_t>(frame, planar, buffer); break;
        case AV_SAMPLE_FMT_S64: interleave<std::int64_t>(frame, planar, buffer); break;
        case AV_SAMPLE_FMT_FLT: interleave<float>(frame, planar, buffer); break;
        case AV_SAMPLE_FMT_DBL: interleave<double>(frame, planar, buffer); break;
        default: return {};
    }
    return buffer;
}

}  // namespace earmark::decode
