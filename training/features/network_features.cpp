#include "training/features/network_features.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <memory>
#include <numbers>
#include <numeric>
#include <optional>
#include <stop_token>
#include <string_view>

#include "base/float16.h"
#include "base/mean_deviation.h"
#include "base/side_by_side.h"
#include "datasets/text/text_lines.h"
#include "earmark/aggregation.h"

namespace earmark {
namespace {

Matrix normalized_log_mel(const CachedFrames& frames, const Normalization& normalization) {
    Matrix log_mel(frames.frame_count, frames.values.size() / frames.frame_count);
    floats_from_halves(frames.values, log_mel.values());
    normalize(log_mel.values(), normalization);
    return log_mel;
}

void store(const SegmentStatistics& statistics, std::span<float> target) {
    std::ranges::copy(statistics.value(), target.begin());
}

// Calls `visit(segments)` with the segments of a clip, block after block, as the tagger does.
template <typename Visit>
void for_each_block(const NetworkArchitecture& architecture, const Matrix& log_mel, const Visit& visit) {
    constexpr std::size_t block_segments = 64;
    SegmentStream stream(static_cast<std::size_t>(architecture.segment_frames), log_mel.column_count(), block_segments);
    const auto run = [&](std::span<const float> segments) { visit(segments); };
    for (std::size_t frame = 0; frame < log_mel.row_count(); ++frame) stream.add(log_mel.row(frame), run);
    stream.finish(run);
}

// Calls `visit(network, log_mel, row)` once for every row, on as many threads as asked for, each with its own network.
template <typename Visit>
void for_each_row(const NetworkArchitecture& architecture, const NetworkWeights& weights, const LogMelOfRow& log_mel_of,
                  std::size_t row_count, std::size_t worker_count, const Visit& visit) {
    const auto shared = std::make_shared<const NetworkWeights>(weights);
    const auto make_worker = [&] {
        return [&, network = std::optional<Network>()](std::size_t row, const std::stop_token&) mutable {
            const Matrix log_mel = log_mel_of(row);
            if (!network) network.emplace(architecture, static_cast<int>(log_mel.column_count()), shared);
            visit(*network, log_mel, row);
            return std::optional(row);
        };
    };
    work_side_by_side({.worker_count = worker_count, .in_order = false}, indices_below(row_count), make_worker,
                      [](std::size_t) {});
}

SegmentStatistics level_statistics_of(const NetworkArchitecture& architecture, Network& network, AcrossSegments rule,
                                      const Matrix& log_mel) {
    SegmentStatistics statistics(architecture.feature_count(), rule);
    for_each_block(architecture, log_mel, [&](std::span<const float> segments) {
        network.visit_level_maxima(segments, [&](std::span<const float> maxima) { statistics.add(maxima); });
    });
    return statistics;
}

}  // namespace

NetworkFeatures network_features(const NetworkArchitecture& architecture, const NetworkWeights& weights,
                                 AcrossSegments rule, const Normalization& normalization,
                                 const std::vector<TrainingClip>& clips, std::size_t worker_count) {
    NetworkFeatures features{Matrix(clips.size(), architecture.feature_count() * statistic_count(rule)),
                             Matrix(clips.size(), weights.output.biases.size())};
    const LogMelOfRow log_mel_of = [&](std::size_t clip) {
        return normalized_log_mel(clips[clip].frames, normalization);
    };
    for_each_row(architecture, weights, log_mel_of, clips.size(), worker_count,
                 [&](Network& network, const Matrix& log_mel, std::size_t clip) {
                     store(level_statistics_of(architecture, network, rule, log_mel), features.levels.row(clip));
                     SegmentStatistics local(features.local_probabilities.column_count());
                     for_each_block(architecture, log_mel, [&](std::span<const float> segments) {
                         local.add(network.probabilities(segments));
                     });
                     store(local, features.local_probabilities.row(clip));
                 });
    return features;
}

Matrix level_statistics(const NetworkArchitecture& architecture, const NetworkWeights& weights, AcrossSegments rule,
                        const LogMelOfRow& log_mel_of, std::size_t row_count, std::size_t worker_count) {
    Matrix levels(row_count, architecture.feature_count() * statistic_count(rule));
    for_each_row(architecture, weights, log_mel_of, row_count, worker_count,
                 [&](Network& network, const Matrix& log_mel, std::size_t row) {
                     store(level_statistics_of(architecture, network, rule, log_mel), levels.row(row));
                 });
    return levels;
}

Matrix dense_outputs(const NetworkArchitecture& architecture, const NetworkWeights& weights,
                     const Normalization& normalization, const std::vector<TrainingClip>& clips,
                     std::size_t segments_per_clip, std::size_t worker_count) {
    Matrix outputs(clips.size() * segments_per_clip, weights.dense.biases.size());
    const LogMelOfRow log_mel_of = [&](std::size_t clip) {
        return normalized_log_mel(clips[clip].frames, normalization);
    };
    for_each_row(architecture, weights, log_mel_of, clips.size(), worker_count,
                 [&](Network& network, const Matrix& log_mel, std::size_t clip) {
                     std::vector<float> rows;
                     for_each_block(architecture, log_mel, [&](std::span<const float> segments) {
                         const Matrix block = network.dense_outputs(segments);
                         rows.insert(rows.end(), block.values().begin(), block.values().end());
                     });
                     const std::size_t row_count = rows.size() / outputs.column_count();
                     for (std::size_t i = 0; i < segments_per_clip; ++i) {
                         const std::size_t segment = i * row_count / segments_per_clip;
                         std::copy_n(rows.begin() + static_cast<std::ptrdiff_t>(segment * outputs.column_count()),
                                     outputs.column_count(), outputs.row(clip * segments_per_clip + i).begin());
                     }
                 });
    return outputs;
}

namespace {

// Means, then deviations.
std::vector<float> means_and_deviations(const ColumnMeanDeviation& columns) {
    std::vector<float> values;
    for (const double mean : columns.means()) values.push_back(static_cast<float>(mean));
    for (const double deviation : columns.deviations()) values.push_back(static_cast<float>(deviation));
    return values;
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

namespace {

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

Matrix mfcc_statistics(const std::vector<TrainingClip>& clips) {
    Matrix statistics(clips.size(), 4 * cepstral_count);
    if (clips.empty()) return statistics;
    const Matrix transform = cosine_transform(clips.front().frames.values.size() / clips.front().frames.frame_count);
    for (std::size_t clip = 0; clip < clips.size(); ++clip) {
        std::ranges::copy(mfcc_statistics(clips[clip].frames, transform), statistics.row(clip).begin());
    }
    return statistics;
}

namespace {

std::vector<float> parse_numbers(const std::filesystem::path& path, const TextLine& line,
                                 std::span<const std::string_view> fields) {
    std::vector<float> numbers;
    for (const std::string_view field : fields) {
        const std::string_view text = trimmed(field);
        float number = 0.0F;
        const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (status != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) {
            throw line_error(path, line.number, "'" + std::string(text) + "': expected a number");
        }
        numbers.push_back(number);
    }
    return numbers;
}

}  // namespace

Matrix read_external_embeddings(const std::filesystem::path& path, const std::vector<TrainingClip>& clips) {
    std::map<std::string, std::vector<float>, std::less<>> vectors;
    std::size_t column_count = 0;
    for (const TextLine& line : read_text_lines(path)) {
        const auto fields = split_text(line.text, '\t');
        if (column_count == 0) column_count = fields.size() - 1;
        if (column_count == 0 || fields.size() != column_count + 1) {
            throw line_error(path, line.number,
                             "expected a path and " + std::to_string(std::max<std::size_t>(column_count, 1)) +
                                 " numbers, TAB-separated");
        }
        vectors[std::string(fields.front())] = parse_numbers(path, line, std::span(fields).subspan(1));
    }
    Matrix features(clips.size(), column_count);
    for (std::size_t clip = 0; clip < clips.size(); ++clip) {
        const auto found = vectors.find(clips[clip].path);
        if (found == vectors.end()) {
            throw Error(ErrorCode::invalid_dataset, path.string() + ": expected a line for " + clips[clip].path);
        }
        std::ranges::copy(found->second, features.row(clip).begin());
    }
    return features;
}

Matrix side_by_side(const std::vector<const Matrix*>& matrices) {
    std::size_t column_count = 0;
    for (const Matrix* matrix : matrices) column_count += matrix->column_count();
    Matrix joined(matrices.front()->row_count(), column_count);
    for (std::size_t row = 0; row < joined.row_count(); ++row) {
        auto target = joined.row(row).begin();
        for (const Matrix* matrix : matrices) {
            const std::span<const float> values = matrix->row(row);
            target = std::copy(values.begin(), values.end(), target);
        }
    }
    return joined;
}

Matrix above(const Matrix& upper, const Matrix& lower) {
    std::vector<float> values(upper.values().begin(), upper.values().end());
    values.insert(values.end(), lower.values().begin(), lower.values().end());
    const std::size_t column_count = upper.row_count() > 0 ? upper.column_count() : lower.column_count();
    return {upper.row_count() + lower.row_count(), column_count, std::move(values)};
}

Matrix columns(const Matrix& matrix, std::size_t first, std::size_t count) {
    Matrix part(matrix.row_count(), count);
    for (std::size_t row = 0; row < part.row_count(); ++row) {
        const std::span<const float> values = matrix.row(row).subspan(first, count);
        std::copy(values.begin(), values.end(), part.row(row).begin());
    }
    return part;
}

}  // namespace earmark
