#pragma once

#include <span>
#include <vector>

struct AVFrame;

namespace earmark::decode {

/// The mean over the channels of a decoded frame, into `buffer`, whose first samples are returned. Whole numbers are
/// scaled to [-1, 1). A value beyond 1e12, which no sound has, becomes 0; one that is not finite stays so, for the
/// reader to refuse it. Nothing is returned for a sample format that is not known.
std::span<const float> downmix(const AVFrame& frame, std::vector<float>& buffer);

}  // namespace earmark::decode
