#include "tests/decode/test_support.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <iterator>
#include <numbers>

namespace earmark::test {
namespace {

void append(Bytes& bytes, const std::string& text) {
    for (const char letter : text) bytes.push_back(static_cast<std::byte>(letter));
}

void append(Bytes& bytes, std::size_t number, int size_bytes) {
    for (int i = 0; i < size_bytes; ++i) bytes.push_back(static_cast<std::byte>(number >> (8 * i) & 0xff));
}

template <typename Decode>
Outcome outcome_of(const Decode& decode) {
    Outcome outcome;
    try {
        outcome.decoded = decode();
    } catch (const Error& error) {
        outcome.failed = true;
        outcome.code = error.code();
        outcome.message = error.what();
    }
    return outcome;
}

}  // namespace

std::filesystem::path golden_file(const std::string& name) {
    return std::filesystem::path(EARMARK_GOLDEN_DIR) / "decode" / name;
}

Bytes read_bytes(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    const std::vector<char> letters{std::istreambuf_iterator<char>(file), {}};
    return bytes_of(letters);
}

std::vector<float> read_float32(const std::filesystem::path& path) {
    const Bytes bytes = read_bytes(path);
    std::vector<float> numbers(bytes.size() / sizeof(float));
    std::memcpy(numbers.data(), bytes.data(), numbers.size() * sizeof(float));
    return numbers;
}

Bytes wav_file(const Bytes& data, const WavFormat& format, std::size_t declared_bytes) {
    const int frame_bytes = format.channel_count * format.bits / 8;
    Bytes file;
    append(file, "RIFF");
    append(file, declared_bytes + 36, 4);
    append(file, "WAVEfmt ");
    append(file, 16, 4);
    append(file, format.floating ? 3 : 1, 2);
    append(file, format.channel_count, 2);
    append(file, format.sample_rate_hz, 4);
    append(file, static_cast<std::size_t>(format.sample_rate_hz) * frame_bytes, 4);
    append(file, frame_bytes, 2);
    append(file, format.bits, 2);
    append(file, "data");
    append(file, declared_bytes, 4);
    file.insert(file.end(), data.begin(), data.end());
    return file;
}

Bytes wav_file(const Bytes& data, const WavFormat& format) { return wav_file(data, format, data.size()); }

std::vector<std::int16_t> sine(double frequency_hz, int sample_rate_hz, double duration_s) {
    std::vector<std::int16_t> samples(static_cast<std::size_t>(duration_s * sample_rate_hz));
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const double phase = 2 * std::numbers::pi * frequency_hz * static_cast<double>(i) / sample_rate_hz;
        samples[i] = static_cast<std::int16_t>(std::lround(16384 * std::sin(phase)));
    }
    return samples;
}

Bytes Noise::bytes(std::size_t count) {
    Bytes bytes(count);
    for (std::byte& byte : bytes) byte = static_cast<std::byte>(next() >> 24);
    return bytes;
}

TemporaryFile::TemporaryFile(const std::string& name, const Bytes& contents)
    : folder_(std::filesystem::temp_directory_path() / ("earmark_decode_test_" + std::to_string(::getpid()))),
      path_(folder_ / name) {
    std::filesystem::create_directories(folder_);
    std::ofstream file(path_, std::ios::binary);
    file.write(reinterpret_cast<const char*>(contents.data()), static_cast<std::streamsize>(contents.size()));
}

TemporaryFile::~TemporaryFile() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

DecodedAudio decode_bytes(const Bytes& bytes, const std::string& name, int sample_rate_hz) {
    AudioReader reader(bytes, name, sample_rate_hz);
    DecodedAudio decoded;
    decoded.audio.sample_rate_hz = sample_rate_hz;
    read_portions(reader, [&](std::span<const float> portion) {
        decoded.audio.samples.insert(decoded.audio.samples.end(), portion.begin(), portion.end());
        return true;
    });
    decoded.warning = reader.warning();
    return decoded;
}

Outcome try_decode(const Bytes& bytes, const std::string& name, int sample_rate_hz) {
    return outcome_of([&] { return decode_bytes(bytes, name, sample_rate_hz); });
}

Outcome try_decode(const std::filesystem::path& path, int sample_rate_hz) {
    return outcome_of([&] { return decode_file(path, sample_rate_hz); });
}

}  // namespace earmark::test
