#include "apps/picture/waveform.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace earmark {
namespace {

constexpr std::size_t most_stretches = 4'096;

WaveformPeaks::Stretch joined(const WaveformPeaks::Stretch& first, const WaveformPeaks::Stretch& second) {
    return {std::min(first.least, second.least), std::max(first.greatest, second.greatest),
            first.square_sum + second.square_sum};
}

// Four sums at a time: a processor adds to different ones without waiting.
WaveformPeaks::Stretch stretch_of(std::span<const float> samples) {
    constexpr std::size_t lanes = 4;
    std::array<float, lanes> least{samples[0], samples[0], samples[0], samples[0]};
    std::array<float, lanes> greatest = least;
    std::array<double, lanes> squares{};
    const auto add = [&](float sample, std::size_t lane) {
        least[lane] = std::min(least[lane], sample);
        greatest[lane] = std::max(greatest[lane], sample);
        squares[lane] += static_cast<double>(sample) * static_cast<double>(sample);
    };
    const std::size_t whole = samples.size() / lanes * lanes;
    for (std::size_t i = 0; i < whole; i += lanes)
        for (std::size_t lane = 0; lane < lanes; ++lane) add(samples[i + lane], lane);
    for (std::size_t i = whole; i < samples.size(); ++i) add(samples[i], 0);
    return {*std::ranges::min_element(least), *std::ranges::max_element(greatest),
            squares[0] + squares[1] + squares[2] + squares[3]};
}

// What a column of pixels shows.
WaveformPeaks::Stretch column_of(const WaveformPeaks& peaks, std::size_t column, std::size_t column_count) {
    const std::span<const WaveformPeaks::Stretch> all = peaks.stretches();
    const std::size_t first = column * all.size() / column_count;
    const std::size_t end = std::max(first + 1, (column + 1) * all.size() / column_count);
    WaveformPeaks::Stretch sum = all[first];
    for (std::size_t i = first + 1; i < end; ++i) sum = joined(sum, all[i]);
    sum.square_sum /= static_cast<double>((end - first) * peaks.samples_of_a_stretch());
    return sum;
}

double scale_of(const WaveformPeaks& peaks) {
    constexpr double least_level = 0.1;
    double level = least_level;
    for (const WaveformPeaks::Stretch& stretch : peaks.stretches())
        level = std::max({level, static_cast<double>(-stretch.least), static_cast<double>(stretch.greatest)});
    return 1.0 / level;
}

// Its upper edge from left to right, its lower one back.
std::vector<Point> outline(const std::vector<double>& upper, const std::vector<double>& lower, double left) {
    std::vector<Point> points;
    for (std::size_t x = 0; x < upper.size(); ++x) points.push_back({left + static_cast<double>(x) + 0.5, upper[x]});
    for (std::size_t x = lower.size(); x-- > 0;) points.push_back({left + static_cast<double>(x) + 0.5, lower[x]});
    return points;
}

}  // namespace

void WaveformPeaks::add(std::span<const float> samples) {
    while (!samples.empty()) {
        const std::size_t room = stretches_.size() * samples_of_a_stretch_ - sample_count_;
        if (room == 0) {
            if (stretches_.size() == most_stretches) join_pairs();
            stretches_.push_back({samples.front(), samples.front(), 0.0});
            continue;
        }
        const std::span<const float> part = samples.first(std::min(room, samples.size()));
        Stretch& stretch = stretches_.back();
        stretch = joined(stretch, stretch_of(part));
        sample_count_ += part.size();
        samples = samples.subspan(part.size());
    }
}

void WaveformPeaks::join_pairs() {
    for (std::size_t i = 0; i < stretches_.size() / 2; ++i)
        stretches_[i] = joined(stretches_[2 * i], stretches_[2 * i + 1]);
    stretches_.resize(stretches_.size() / 2);
    samples_of_a_stretch_ *= 2;
}

void draw_waveform(Canvas& canvas, const Box& box, const WaveformPeaks& peaks, const Theme& theme) {
    if (peaks.stretches().empty()) return;
    const auto column_count = static_cast<std::size_t>(std::max(1.0, box.width));
    const double half = box.height / 2.0;
    const double middle = box.top + half;
    const double scale = scale_of(peaks) * half;
    std::vector<double> top(column_count);
    std::vector<double> bottom(column_count);
    std::vector<double> core_top(column_count);
    std::vector<double> core_bottom(column_count);
    for (std::size_t x = 0; x < column_count; ++x) {
        const WaveformPeaks::Stretch column = column_of(peaks, x, column_count);
        // Silence is a line, and not nothing.
        top[x] = std::min(middle - static_cast<double>(column.greatest) * scale, middle - 0.5);
        bottom[x] = std::max(middle - static_cast<double>(column.least) * scale, middle + 0.5);
        const double rms = std::sqrt(column.square_sum) * scale;
        core_top[x] = std::max(top[x], middle - rms);
        core_bottom[x] = std::min(bottom[x], middle + rms);
    }
    canvas.area(outline(top, bottom, box.left), theme.waveform);
    canvas.area(outline(core_top, core_bottom, box.left), theme.waveform_core);
}

}  // namespace earmark
