#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "tests/support/temporary_folder.h"

namespace earmark {

inline constexpr int synthetic_rate_hz = 8000;

/// 16-bit mono.
void write_wav(const std::filesystem::path& path, std::span<const float> samples,
               int sample_rate_hz = synthetic_rate_hz);

/// A low tone (bit 0), a high tone (bit 1) and noise (bit 2), mixed; pitch and phase follow from `number`.
std::vector<float> synthetic_samples(unsigned parts, std::size_t number, double duration_s);

/// A small data set that is made anew for each test: clips of 1.5 s with all mixtures of a low tone, a high tone and
/// noise, and a label for each component that is audible.
class SyntheticDataset {
public:
    SyntheticDataset(std::size_t train_count, std::size_t valid_count, std::size_t test_count);

    /// The folder with manifest.tsv.
    const std::filesystem::path& path() const { return folder_.path(); }

    /// In the order of the manifest: train, valid, test. A clip has the name "clip-NUMBER.wav" and is in the line
    /// NUMBER + 2.
    std::filesystem::path clip(std::size_t number) const;

private:
    TemporaryFolder folder_;
};

}  // namespace earmark
