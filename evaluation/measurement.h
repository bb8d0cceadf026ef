#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "evaluation/tagged_clips.h"
#include "metrics/report_bootstrap.h"

namespace earmark {

/// How the intervals are computed.
struct IntervalOptions {
    std::size_t resample_count = 1000;  ///< 0: no intervals
    std::uint64_t seed = 1;
    bool by_artist = false;  ///< draw artists, not clips
    std::size_t thread_count = 1;
    std::stop_token stop{};  ///< ends measure() and compare() with Error (canceled)
};

/// One model on a set of clips. Without resamples no distribution has an interval.
struct Measurement {
    TaggingReport tagging;
    TaggingDistributions resampled_tagging;
    std::optional<ClassificationReport> classification;  ///< of a single-label model
    ClassificationDistributions resampled_classification;
};

/// The scores of two models, and the difference first minus other.
template <template <typename> typename Table>
struct PairedMetrics {
    Table<std::optional<double>> model;
    Table<std::optional<double>> other;
    Table<std::optional<double>> difference;
    Table<BootstrapDistribution> resampled_difference;
};

/// Two models on the same clips and the tags that both have.
struct Comparison {
    std::vector<std::size_t> tags;  ///< indices into the tags of the first model
    PairedMetrics<TaggingTable> tagging;
    std::optional<PairedMetrics<ClassificationTable>> classification;  ///< when both are single-label models
};

/// Which clips the resamples hold. Throws Error (invalid_dataset) when artists are to be drawn and no clip has one.
Resampling resampling_of(const TaggedClips& clips, const Dataset& dataset, const IntervalOptions& options);

/// Of the model at `index` in `clips`. A model with softmax output is also measured as a single-label model, on the
/// clips that have exactly one of its labels.
Measurement measure(const Model& model, const TaggedClips& clips, std::size_t index, const Resampling& resampling,
                    const IntervalOptions& options);

/// Of the first two models of `clips`. When both are single-label models, only the labels that both have are used.
/// Throws Error (usage) when there is no such tag.
Comparison compare(const Model& model, const Model& other, const TaggedClips& clips, const Resampling& resampling,
                   const IntervalOptions& options);

}  // namespace earmark
