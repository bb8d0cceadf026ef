#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "earmark/decode.h"
#include "earmark/error.h"

namespace earmark::test {

using Bytes = std::vector<std::byte>;

std::filesystem::path golden_file(const std::string& name);
Bytes read_bytes(const std::filesystem::path& path);
std::vector<float> read_float32(const std::filesystem::path& path);

/// How samples are stored in a WAV file.
struct WavFormat {
    int sample_rate_hz = 22050;
    int channel_count = 1;
    int bits = 16;
    bool floating = false;
};

/// A WAV file around `data`. `declared_bytes` is the length of the data according to its header.
Bytes wav_file(const Bytes& data, const WavFormat& format, std::size_t declared_bytes);
Bytes wav_file(const Bytes& data, const WavFormat& format = {});

/// The bytes of some numbers.
template <typename Number>
Bytes bytes_of(const std::vector<Number>& numbers) {
    const auto bytes = std::as_bytes(std::span(numbers));
    return {bytes.begin(), bytes.end()};
}

/// 16-bit samples of a sine at half of full scale.
std::vector<std::int16_t> sine(double frequency_hz, int sample_rate_hz, double duration_s);

/// Numbers that look random and are the same everywhere.
class Noise {
public:
    std::uint32_t next() noexcept { return state_ = 1664525U * state_ + 1013904223U; }
    Bytes bytes(std::size_t count);

private:
    std::uint32_t state_ = 1;
};

/// A file that is removed at the end.
class TemporaryFile {
public:
    TemporaryFile(const std::string& name, const Bytes& contents);
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile();

    const std::filesystem::path& path() const noexcept { return path_; }

private:
    std::filesystem::path folder_;
    std::filesystem::path path_;
};

/// As decode_file, for a file that is in memory.
DecodedAudio decode_bytes(const Bytes& bytes, const std::string& name, int sample_rate_hz);

/// What decoding ends with: an error, or samples.
struct Outcome {
    bool failed = false;
    ErrorCode code = ErrorCode::usage;
    std::string message;
    DecodedAudio decoded;
};
Outcome try_decode(const Bytes& bytes, const std::string& name, int sample_rate_hz = 22050);
Outcome try_decode(const std::filesystem::path& path, int sample_rate_hz = 22050);

}  // namespace earmark::test
