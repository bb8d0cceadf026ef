#pragma once

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "earmark/aggregation.h"
#include "earmark/matrix.h"
#include "earmark/network.h"
#include "earmark/spectrogram.h"

namespace earmark {

// The stages return row after row, so that no clip is held in memory. Tests compare whole matrices.

/// The rows that `visit_rows(take)` gives to `take`, one below the other.
template <typename VisitRows>
Matrix matrix_of_rows(VisitRows&& visit_rows) {
    std::vector<float> values;
    std::size_t row_count = 0;
    visit_rows([&](std::span<const float> row) {
        values.insert(values.end(), row.begin(), row.end());
        ++row_count;
    });
    const std::size_t column_count = row_count == 0 ? 0 : values.size() / row_count;
    return {row_count, column_count, std::move(values)};
}

/// The log-mel spectrogram of all samples: frames x mel_bands.
inline Matrix log_mel_of(Spectrogram& spectrogram, std::span<const float> samples) {
    return matrix_of_rows([&](const FrameVisitor& take) {
        spectrogram.add(samples, take);
        spectrogram.finish(take);
    });
}
inline Matrix log_mel_of(Spectrogram&& spectrogram, std::span<const float> samples) {
    return log_mel_of(spectrogram, samples);
}

/// The maxima of all segments ((segments * segment_frames) x mel_bands): segments x feature_count().
inline Matrix level_maxima(Network& network, const Matrix& segments) {
    return matrix_of_rows(
        [&](const Network::SegmentVisitor& take) { network.visit_level_maxima(segments.values(), take); });
}
inline Matrix level_maxima(Network&& network, const Matrix& segments) { return level_maxima(network, segments); }

/// Adds all rows: segments x columns.
inline void add_rows(SegmentStatistics& statistics, const Matrix& segments) {
    for (std::size_t row = 0; row < segments.row_count(); ++row) statistics.add(segments.row(row));
}

}  // namespace earmark
