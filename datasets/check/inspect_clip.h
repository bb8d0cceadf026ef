#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>

#include "fingerprint/fingerprint.h"

namespace earmark {

/// The result of one pass over the audio of a clip.
struct ClipInspection {
    std::string error;    ///< empty, or why there is no audio; starts with the path
    std::string warning;  ///< AudioReader::warning(): cut short, damaged packets
    double duration_s = 0.0;
    float peak = 0.0F;                    ///< the largest magnitude of a sample
    std::array<std::uint64_t, 2> hash{};  ///< of all samples: equal for equal samples, in whatever file
    Fingerprint fingerprint;
};

/// Memory grows with the audio only by 32 bytes of fingerprint for each second. Nothing when `stop` is
/// requested meanwhile. REQUIRES: `fingerprinter` has begun anew.
std::optional<ClipInspection> inspect_clip(const std::filesystem::path& path, Fingerprinter& fingerprinter,
                                           const std::stop_token& stop);

}  // namespace earmark
