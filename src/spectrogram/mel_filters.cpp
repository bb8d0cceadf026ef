#include <algorithm>
#include <cmath>
#include <vector>

#include "earmark/spectrogram.h"

namespace earmark {
namespace {

// Slaney's scale: 200/3 Hz for each mel up to 1 kHz (15 mel), from there on 27 mel for each factor of 6.4.
constexpr double linear_hz_per_mel = 200.0 / 3.0;
constexpr double break_hz = 1000.0;
constexpr double break_mel = break_hz / linear_hz_per_mel;
const double log_step = std::log(6.4) / 27.0;

double mel_from_hz(double hz) {
    return hz < break_hz ? hz / linear_hz_per_mel : break_mel + std::log(hz / break_hz) / log_step;
}

double hz_from_mel(double mel) {
    return mel < break_mel ? mel * linear_hz_per_mel : break_hz * std::exp((mel - break_mel) * log_step);
}

// Corners of all triangles: filter i rises from point i to i + 1 and falls to point i + 2.
std::vector<double> corner_points_hz(const SpectrogramSettings& settings) {
    const double lowest_mel = mel_from_hz(settings.lowest_hz);
    const double highest_mel = mel_from_hz(settings.highest_hz);
    std::vector<double> points(static_cast<std::size_t>(settings.mel_band_count) + 2);
    const double step_mel = (highest_mel - lowest_mel) / static_cast<double>(points.size() - 1);
    for (std::size_t i = 0; i < points.size(); ++i) {
        points[i] = hz_from_mel(lowest_mel + step_mel * static_cast<double>(i));
    }
    return points;
}

double triangle(double hz, double left_hz, double middle_hz, double right_hz) {
    const double rising = (hz - left_hz) / (middle_hz - left_hz);
    const double falling = (right_hz - hz) / (right_hz - middle_hz);
    const double unit_area = 2.0 / (right_hz - left_hz);
    return std::max(0.0, std::min(rising, falling)) * unit_area;
}

}  // namespace

Matrix mel_filters(const SpectrogramSettings& settings) {
    settings.check();
    const auto points = corner_points_hz(settings);
    const double bin_hz = static_cast<double>(settings.sample_rate_hz) / settings.window_samples;
    Matrix filters(static_cast<std::size_t>(settings.mel_band_count),
                   static_cast<std::size_t>(settings.window_samples) / 2 + 1);
    for (std::size_t band = 0; band < filters.row_count(); ++band) {
        for (std::size_t bin = 0; bin < filters.column_count(); ++bin) {
            const double hz = bin_hz * static_cast<double>(bin);
            filters(band, bin) = static_cast<float>(triangle(hz, points[band], points[band + 1], points[band + 2]));
        }
    }
    return filters;
}

std::vector<double> mel_band_centers_hz(const SpectrogramSettings& settings) {
    settings.check();
    const std::vector<double> points = corner_points_hz(settings);
    return {points.begin() + 1, points.end() - 1};
}

}  // namespace earmark
