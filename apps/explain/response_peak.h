#pragma once

#include <span>
#include <string>
#include <vector>

namespace earmark {

/// The bands around the greatest number of a filter_response() that have at least half of it.
struct ResponsePeak {
    double low_hz = 0.0;  ///< center of the lowest of these bands
    double high_hz = 0.0;
};

/// REQUIRES: as many numbers as centers, at least one.
ResponsePeak response_peak(std::span<const float> response, std::span<const double> centers_hz);

/// "86 to 345 Hz", "2.1 to 3.4 kHz", "440 Hz".
std::string hz_text(const ResponsePeak& peak);

}  // namespace earmark
