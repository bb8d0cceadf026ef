#include "training/features/baselines.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>
#include <span>

#include "base/float16.h"
#include "base/mean_deviation.h"

namespace earmark {
namespace {

// Means, then deviations.
std::vector<float> means_and_deviations(const ColumnMeanDeviation& columns) {
    std::vector<float> values;
    for (const double mean : columns.means()) values.push_back(static_cast<float>(mean));
    for (const double deviation : columns.deviations()) values.push_back(static_cast<float>(deviation));
    return values;
}

constexpr std::size_t cepstral_count = 20;

// cepstral_count x bands: sqrt(2 / n) cos(pi k (i + 1/2) / n), the first row divided by sqrt(2).
Matrix cosine_transform(std::size_t band_count) {
    Matrix transform(cepstral_count, band_count);
    const auto count = static_cast<double>(band_count);
    for (std::size_t k = 0; k < cepstral_count; ++k) {
        const double scale = std::sqrt((k == 0 ? 1.0 : 2.0) / count);
        for (std::size_t i = 0; i < band_count; ++i) {
            const double angle = std::numbers::pi * static_cast<double>(k) * (static_cast<double>(i) + 0.5) / count;
            transform(k, i) = static_cast<float>(scale * std::cos(angle));
        }
    }
    return transform;
}

std::vector<float> mfcc_statistics(const CachedFrames& frames, const Matrix& transform) {
    ColumnMeanDeviation values(cepstral_count);
    ColumnMeanDeviation differences(cepstral_count);
    std::vector<float> frame(transform.column_count());
    std::array<double, cepstral_count> previous{};
    std::array<double, cepstral_count> current{};
    std::array<double, cepstral_count> difference{};
    for (std::size_t index = 0; index < frames.frame_count; ++index) {
        floats_from_halves(frames.rows(index, 1), frame);
        for (std::size_t k = 0; k < cepstral_count; ++k) {
            const auto row = transform.row(k);
            current[k] = std::inner_product(row.begin(), row.end(), frame.begin(), 0.0);
            difference[k] = current[k] - previous[k];
        }
        values.add(std::span<const double>(current));
        if (index > 0) differences.add(std::span<const double>(difference));
        previous = current;
    }
    std::vector<float> statistics = means_and_deviations(values);
    const std::vector<float> of_differences = means_and_deviations(differences);
    statistics.insert(statistics.end(), of_differences.begin(), of_differences.end());
    return statistics;
}

}  // namespace

Matrix mel_statistics(const std::vector<TrainingClip>& clips) {
    if (clips.empty()) return {};
    const std::size_t band_count = clips.front().frames.values.size() / clips.front().frames.frame_count;
    Matrix statistics(clips.size(), 2 * band_count);
    std::vector<float> frame(band_count);
    for (std::size_t clip = 0; clip < clips.size(); ++clip) {
        ColumnMeanDeviation bands(band_count);
        for (std::size_t index = 0; index < clips[clip].frames.frame_count; ++index) {
            floats_from_halves(clips[clip].frames.rows(index, 1), frame);
            bands.add(std::span<const float>(frame));
        }
        std::ranges::copy(means_and_deviations(bands), statistics.row(clip).begin());
    }
    return statistics;
}

Matrix mfcc_statistics(const std::vector<TrainingClip>& clips) {
    Matrix statistics(clips.size(), 4 * cepstral_count);
    if (clips.empty()) return statistics;
    const Matrix transform = cosine_transform(clips.front().frames.values.size() / clips.front().frames.frame_count);
    for (std::size_t clip = 0; clip < clips.size(); ++clip) {
        std::ranges::copy(mfcc_statistics(clips[clip].frames, transform), statistics.row(clip).begin());
    }
    return statistics;
}

}  // namespace earmark
