#include "tests/training/support/synthetic_dataset.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>

#include "tests/support/lcg.h"

namespace earmark {
namespace {

void add_number(std::string& bytes, std::uint32_t number, int byte_count) {
    for (int i = 0; i < byte_count; ++i) bytes += static_cast<char>(number >> (8 * i) & 0xFFU);
}

std::string wav_header(std::uint32_t data_bytes, std::uint32_t rate_hz) {
    std::string bytes = "RIFF";
    add_number(bytes, 36 + data_bytes, 4);
    bytes += "WAVEfmt ";
    add_number(bytes, 16, 4);
    add_number(bytes, 1, 2);  // PCM
    add_number(bytes, 1, 2);  // channels
    add_number(bytes, rate_hz, 4);
    add_number(bytes, rate_hz * 2, 4);
    add_number(bytes, 2, 2);
    add_number(bytes, 16, 2);
    bytes += "data";
    add_number(bytes, data_bytes, 4);
    return bytes;
}

void add_tone(std::vector<float>& samples, double frequency_hz, std::size_t number) {
    const double step = 2.0 * std::numbers::pi * frequency_hz / synthetic_rate_hz;
    for (std::size_t n = 0; n < samples.size(); ++n) {
        samples[n] += static_cast<float>(0.3 * std::sin(step * static_cast<double>(n) + static_cast<double>(number)));
    }
}

// 0 to 1, spread over the clips.
double spread(std::size_t number) { return std::fmod(static_cast<double>(number) * 0.618034, 1.0); }

constexpr std::array<const char*, 3> part_labels{"pitch---Low", "pitch---High", "instrument---Noise"};

std::string labels_of(unsigned parts) {
    std::string labels;
    for (unsigned part = 0; part < part_labels.size(); ++part) {
        if ((parts >> part & 1U) != 0) labels += (labels.empty() ? "" : ",") + std::string(part_labels[part]);
    }
    return labels;
}

}  // namespace

void write_wav(const std::filesystem::path& path, std::span<const float> samples, int sample_rate_hz) {
    std::string bytes =
        wav_header(static_cast<std::uint32_t>(2 * samples.size()), static_cast<std::uint32_t>(sample_rate_hz));
    for (const float sample : samples) {
        const auto value = static_cast<std::int16_t>(std::lround(std::clamp(sample, -1.0F, 1.0F) * 32767.0F));
        add_number(bytes, static_cast<std::uint16_t>(value), 2);
    }
    std::ofstream(path, std::ios::binary) << bytes;
}

std::vector<float> synthetic_samples(unsigned parts, std::size_t number, double duration_s) {
    std::vector<float> samples(static_cast<std::size_t>(duration_s * synthetic_rate_hz));
    if ((parts & 1U) != 0) add_tone(samples, 150.0 + 250.0 * spread(number), number);
    if ((parts & 2U) != 0) add_tone(samples, 1500.0 + 1500.0 * spread(3 * number), number);
    if ((parts & 4U) != 0) {
        const std::vector<float> noise = Lcg(static_cast<std::uint32_t>(number)).values(0.2F, samples.size());
        std::ranges::transform(samples, noise, samples.begin(), std::plus<>());
    }
    return samples;
}

SyntheticDataset::SyntheticDataset(std::size_t train_count, std::size_t valid_count, std::size_t test_count) {
    std::string manifest = "path\tsplit\ttags\tartist\n";
    for (std::size_t number = 0; number < train_count + valid_count + test_count; ++number) {
        const auto parts = static_cast<unsigned>(1 + number % 7);
        write_wav(clip(number), synthetic_samples(parts, number, 1.5));
        const std::string split =
            number < train_count ? "train" : (number < train_count + valid_count ? "valid" : "test");
        manifest +=
            clip(number).filename().string() + "\t" + split + "\t" + labels_of(parts) + "\tartist of " + split + "\n";
    }
    folder_.write("manifest.tsv", manifest);
}

std::filesystem::path SyntheticDataset::clip(std::size_t number) const {
    return path() / ("clip-" + std::to_string(number) + ".wav");
}

}  // namespace earmark
