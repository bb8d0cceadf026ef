#pragma once

#include <cstdint>
#include <string>

namespace earmark::decode {

/// How much audio came out of a file, and how much was to be expected; 0 where the file does not show it.
struct Yield {
    double decoded_s = 0.0;
    double declared_s = 0.0;  ///< by the header
    double packets_s = 0.0;   ///< what the packets that were there hold, by their own durations
    std::int64_t packet_count = 0;
    std::int64_t frame_count = 0;  ///< that were decoded from them
};

/// Why what came out is too little to be the audio of the file, or empty. AudioReader::read has the rule.
std::string shortfall(const Yield& yield);

/// Audio that reaches until one time ends so much before the declared one that something is missing.
bool ends_early(double reached_s, double declared_s);

/// "0.05 s", "30.0 s".
std::string seconds(double duration_s);

}  // namespace earmark::decode
