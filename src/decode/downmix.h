#pragma once

#include <span>
#include <vector>

struct AVFrame;

namespace earmark::decode {

/// The mean over the channels of a decoded frame, into `buffer`, whose first samples are returned. Whole numbers are
/// scaled to [-1, 1). A value that no sound has (not a number, or beyond 1e12) becomes 0, so that one damaged sample
/// does not spoil all that follow. Nothing is returned for a sample format that is not known.
std::span<const float> downmix(const AVFrame& frame, std::vector<float>& buffer);

/// The channels of a decoded frame, interleaved, as downmix() takes them.
std::span<const float> interleave(const AVFrame& frame, std::vector<float>& buffer);

}  // namespace earmark::decode
