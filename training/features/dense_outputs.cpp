#include "training/features/dense_outputs.h"

#include <algorithm>
#include <utility>

#include "training/features/network_runs.h"

namespace earmark {
namespace {

// segments x dense units, of all segments of a clip.
Matrix dense_outputs_of(const NetworkArchitecture& architecture, Network& network, const Matrix& log_mel,
                        std::size_t unit_count) {
    std::vector<float> values;
    for_each_block(architecture, log_mel, [&](std::span<const float> segments) {
        const Matrix block = network.dense_outputs(segments);
        values.insert(values.end(), block.values().begin(), block.values().end());
    });
    const std::size_t segment_count = values.size() / unit_count;
    return {segment_count, unit_count, std::move(values)};
}

}  // namespace

Matrix dense_outputs(const NetworkArchitecture& architecture, const NetworkWeights& weights,
                     const Normalization& normalization, const std::vector<TrainingClip>& clips,
                     std::size_t segments_per_clip, std::size_t worker_count) {
    Matrix outputs(clips.size() * segments_per_clip, weights.dense.biases.size());
    for_each_row(architecture, weights, log_mel_of_clips(clips, normalization), clips.size(), worker_count,
                 [&](Network& network, const Matrix& log_mel, std::size_t clip) {
                     const Matrix all = dense_outputs_of(architecture, network, log_mel, outputs.column_count());
                     for (std::size_t i = 0; i < segments_per_clip; ++i) {
                         const std::size_t segment = i * all.row_count() / segments_per_clip;
                         std::ranges::copy(all.row(segment), outputs.row(clip * segments_per_clip + i).begin());
                     }
                 });
    return outputs;
}

}  // namespace earmark
