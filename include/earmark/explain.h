#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "earmark/export.h"
#include "earmark/model.h"
#include "earmark/segments.h"
#include "earmark/tagger.h"

namespace earmark {

// Why a model gives a tag to a clip. Everything is measured as a change of the tag's log-odds, ln(p / (1 - p)) of its
// probability p: something is taken away, and what the log-odds lose without it is its contribution. It is positive
// where it speaks for the tag. (Occlusion: Zeiler & Fergus 2014, arXiv 1311.2901, section 4.2, and ablation to the mean
// of the training data.) A change of +1 makes the odds 2.7 times as high.
//
// With sigmoid, log-odds are the classifier's output for the tag before the sigmoid, times the slope of its calibration
// plus the intercept; with softmax, its output minus ln of the sum of exp of all others.
//
// All structs are plain values. Nothing throws Error but the constructor of Explainer.

struct EARMARK_EXPORT ExplainSettings {
    double moment_s = 10.0;        ///< duration of a moment; greater than 0
    double hop_s = 1.0;            ///< from the start of one moment to that of the next; greater than 0
    std::size_t filter_count = 5;  ///< how many filters are named for a moment
};

/// A level of one scale: a cell of the grid of levels x scales. All blocks of the embedding (embedding_layout) that
/// belong to it are taken away together, means and deviations.
struct EARMARK_EXPORT ExplainedLevel {
    std::size_t scale = 0;   ///< index into Model::architectures
    int segment_frames = 0;  ///< of that network
    int level = 0;           ///< from 1 on
    bool is_unit = false;    ///< it has the units of a dense layer, instead of filters

    bool operator==(const ExplainedLevel&) const = default;
};

/// All levels of all scales, in the order of the embedding. Thread-safe.
EARMARK_EXPORT std::vector<ExplainedLevel> explained_levels(const Model& model);

/// What each component of the embedding contributes to a tag. To take some numbers of the embedding away is to set each
/// to its mean over the training clips: 0 after standardization.
struct EARMARK_EXPORT TagContributions {
    double log_odds = 0.0;          ///< of the clip
    double log_odds_at_mean = 0.0;  ///< when every number is at its mean
    std::vector<double> of_cells;   ///< of each of explained_levels()
    std::vector<double> of_scales;  ///< of each scale, with all its levels; in the order of Model::architectures
    std::vector<double> of_levels;  ///< of level 1, 2, ..., in all scales together

    /// log_odds - log_odds_at_mean minus the sum of of_cells: what the cells do together and none does alone. 0 for a
    /// classifier of one layer with sigmoid, up to rounding; positive where cells repeat each other (without one of
    /// them the other still speaks for the tag), negative where they only do something together.
    double interactions = 0.0;
};

/// A stretch of a clip, and what it contributes to a tag. To take it away is to leave the segments whose middles are in
/// it out of the embedding; where a scale has no segment left that counts, its numbers are set to their means.
struct EARMARK_EXPORT Moment {
    double start_s = 0.0;
    double end_s = 0.0;
    double contribution = 0.0;  ///< to the log-odds; 0 where it has no segment that counts
};

/// A filter that reacted to a moment: its maximum in a segment, averaged over the segments of the moment.
struct EARMARK_EXPORT FilterReaction {
    ExplainedLevel level;
    std::size_t index = 0;    ///< of the filter or unit within its level, from 0
    double activation = 0.0;  ///< at least 0
    double deviations = 0.0;  ///< from its mean over the training clips, in their standard deviations
};

/// A moment, and which filters reacted most to it, by `deviations`, the strongest first.
struct EARMARK_EXPORT NotableMoment {
    Moment moment;
    std::vector<FilterReaction> filters;              ///< of all levels
    std::vector<FilterReaction> first_level_filters;  ///< of the first level of any scale; filter_response() has more
};

struct EARMARK_EXPORT TagExplanation {
    std::size_t tag_index = 0;  ///< into Model::tags
    TagContributions contributions;
    std::vector<Moment> moments;                ///< all, in the order of time; they may overlap
    std::optional<NotableMoment> most_for;      ///< that with the greatest contribution, if it is above 0
    std::optional<NotableMoment> most_against;  ///< that with the least, if it is below 0
};

/// The segments of a clip to an explanation of its tags. All segments are kept until the end of the clip: about 11 KB
/// for each second with the networks of the paper. Belongs to one thread at a time.
class EARMARK_EXPORT Explainer {
public:
    /// Throws Error (usage) that names the setting which is not greater than 0. REQUIRES: a model that passes its
    /// check().
    explicit Explainer(std::shared_ptr<const Model> model, const ExplainSettings& settings = {});
    Explainer(Explainer&&) noexcept;
    Explainer& operator=(Explainer&&) noexcept;
    ~Explainer();

    /// REQUIRES: segments as a SegmentVisitor gets them (Tagger::visit_segments).
    void add(const SegmentMaxima& segment);

    /// One explanation for each of `tags`, indices into Model::tags; then the next clip may begin. `clip` is the result
    /// of the clip whose segments were added. Moments start at 0, hop_s, 2 hop_s, ...; where they do not end with the
    /// clip, one more does. A clip shorter than a moment has one, the clip. REQUIRES: at least one segment of each
    /// scale was added, and indices that the model has.
    std::vector<TagExplanation> finish(const ClipResult& clip, std::span<const std::size_t> tags);

    /// Forgets the clip so far.
    void reset();

private:
    class Implementation;
    std::unique_ptr<Implementation> implementation_;
};

/// How a filter of the first level of a network weighs the mel bands: for each of them, the sum of its weights over the
/// frames of its kernel, which is what it makes of a sound that lasts. mel_band_count numbers, for bands at
/// mel_band_centers_hz. REQUIRES: a scale and a filter that the model has. Thread-safe.
EARMARK_EXPORT std::vector<float> filter_response(const Model& model, std::size_t scale, std::size_t filter);

}  // namespace earmark
