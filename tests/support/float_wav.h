#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace earmark {

/// The bytes of a WAV file with 32-bit floats, interleaved.
inline std::string float_wav(const std::vector<float>& samples, std::uint32_t rate_hz, std::uint16_t channel_count) {
    std::string bytes = "RIFF";
    const auto append = [&bytes](auto value) { bytes.append(reinterpret_cast<const char*>(&value), sizeof value); };
    const auto data_bytes = static_cast<std::uint32_t>(samples.size() * sizeof(float));
    append(data_bytes + 36);
    bytes += "WAVEfmt ";
    append(std::uint32_t{16});
    append(std::uint16_t{3});  // IEEE float
    append(channel_count);
    append(rate_hz);
    append(static_cast<std::uint32_t>(rate_hz * channel_count * sizeof(float)));
    append(static_cast<std::uint16_t>(channel_count * sizeof(float)));
    append(std::uint16_t{32});
    bytes += "data";
    append(data_bytes);
    return bytes.append(reinterpret_cast<const char*>(samples.data()), data_bytes);
}

}  // namespace earmark
