// Any bytes as an audio file: an error or some samples.
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "earmark/decode.h"
#include "earmark/error.h"

namespace {

// A few bytes can stand for hours of silence.
constexpr std::size_t most_samples = 2'000'000;

void decode(std::span<const std::byte> bytes) {
    earmark::AudioReader reader(bytes, "fuzz", 22050);
    std::vector<float> samples(50'000);
    for (std::size_t total = 0, count = samples.size(); count == samples.size() && total < most_samples;) {
        count = reader.read(samples);
        total += count;
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    [[maybe_unused]] static const bool silenced = (earmark::silence_ffmpeg_messages(), true);
    try {
        decode(std::as_bytes(std::span(data, size)));
    } catch (const earmark::Error&) {
        // What damaged bytes are for.
    }
    return 0;
}
