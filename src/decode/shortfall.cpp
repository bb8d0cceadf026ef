#include "decode/shortfall.h"

#include <algorithm>
#include <cstdio>

namespace earmark::decode {
namespace {

// What include/earmark/decode.h and docs/command-line.md promise.
constexpr double least_ratio = 0.1;
constexpr double enough_s = 1.0;  ///< of a file that was cut short

// Encoders' padding and rounded durations stay below both.
constexpr double missing_tolerance_s = 0.5;
constexpr double missing_tolerance_ratio = 0.01;

// Some containers get durations wrong, and some codecs put one frame into several packets: both counts must agree.
bool is_undecodable(const Yield& yield) {
    return yield.decoded_s < least_ratio * yield.packets_s &&
           static_cast<double>(yield.frame_count) < least_ratio * static_cast<double>(yield.packet_count);
}

}  // namespace

std::string shortfall(const Yield& yield) {
    const bool declared = yield.declared_s > 0.0;
    if (declared && yield.decoded_s >= least_ratio * yield.declared_s) return "";
    const bool long_enough = !declared || yield.decoded_s >= enough_s;
    if (long_enough && !is_undecodable(yield)) return "";
    return "next to nothing of its audio can be decoded: " + seconds(yield.decoded_s) + " of " +
           seconds(std::max(yield.declared_s, yield.packets_s));
}

bool ends_early(double reached_s, double declared_s) {
    const double missing_s = declared_s - reached_s;
    return missing_s > missing_tolerance_s && missing_s > missing_tolerance_ratio * declared_s;
}

std::string seconds(double duration_s) {
    char text[32];
    std::snprintf(text, sizeof text, duration_s < 1.0 ? "%.2f s" : "%.1f s", duration_s);
    return text;
}

}  // namespace earmark::decode
