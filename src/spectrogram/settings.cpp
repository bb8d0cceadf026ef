#include <bit>
#include <sstream>
#include <string>
#include <type_traits>

#include "earmark/error.h"
#include "earmark/spectrogram.h"

namespace earmark {
namespace {

// Wide enough for every use, narrow enough that no settings from a damaged model file can ask for gigabytes.
constexpr int lowest_sample_rate_hz = 1000;
constexpr int highest_sample_rate_hz = 768000;
constexpr int shortest_window_samples = 32;
constexpr int longest_window_samples = 65536;
constexpr double greatest_log_scale = 1e6;

template <typename Value>
void require(bool holds, const char* field, Value value, const std::string& expected) {
    if (holds) return;
    std::ostringstream message;
    message << field << " is " << value << ": expected " << expected;
    throw Error(ErrorCode::usage, message.str());
}

// Not-a-number fails every comparison, so it is refused as well.
template <typename Value>
void require_within(const char* field, Value value, std::type_identity_t<Value> lowest,
                    std::type_identity_t<Value> highest) {
    std::ostringstream expected;
    expected << "a number from " << lowest << " to " << highest;
    require(lowest <= value && value <= highest, field, value, expected.str());
}

}  // namespace

void SpectrogramSettings::check() const {
    require_within("sample_rate_hz", sample_rate_hz, lowest_sample_rate_hz, highest_sample_rate_hz);
    require_within("window_samples", window_samples, shortest_window_samples, longest_window_samples);
    require(std::has_single_bit(static_cast<unsigned>(window_samples)), "window_samples", window_samples,
            "a power of two");
    require_within("hop_samples", hop_samples, 1, window_samples);
    require_within("mel_band_count", mel_band_count, 1, window_samples / 2 + 1);
    require_within("highest_hz", highest_hz, 0.0, sample_rate_hz / 2.0);
    require(0.0 <= lowest_hz && lowest_hz < highest_hz, "lowest_hz", lowest_hz,
            "a number from 0 to less than highest_hz");
    require(0.0 < log_scale && log_scale <= greatest_log_scale, "log_scale", log_scale,
            "a number greater than 0 and at most 1000000");
}

}  // namespace earmark
