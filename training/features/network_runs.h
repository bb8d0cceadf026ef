#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>

#include "base/side_by_side.h"
#include "earmark/aggregation.h"
#include "earmark/matrix.h"
#include "earmark/network.h"
#include "earmark/spectrogram.h"
#include "training/clips/clips.h"

namespace earmark {

/// The normalized log-mel frames of a row of embeddings: frames x bands. Called from several threads.
using LogMelOfRow = std::function<Matrix(std::size_t row)>;

/// That of training clips. Both arguments must outlive it.
LogMelOfRow log_mel_of_clips(const std::vector<TrainingClip>& clips, const Normalization& normalization);

/// Calls `visit(segments)` with the segments of a clip, block after block, as the tagger does.
template <typename Visit>
void for_each_block(const NetworkArchitecture& architecture, const Matrix& log_mel, const Visit& visit) {
    constexpr std::size_t block_segments = 64;
    SegmentStream stream(static_cast<std::size_t>(architecture.segment_frames), log_mel.column_count(), block_segments);
    const auto run = [&](std::span<const float> segments) { visit(segments); };
    for (std::size_t frame = 0; frame < log_mel.row_count(); ++frame) stream.add(log_mel.row(frame), run);
    stream.finish(run);
}

/// Calls `visit(network, log_mel, row)` once for every row, on as many threads as asked for, each with its own network.
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

}  // namespace earmark
