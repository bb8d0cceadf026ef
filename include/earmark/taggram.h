#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "earmark/export.h"
#include "earmark/matrix.h"
#include "earmark/model.h"
#include "earmark/segments.h"
#include "earmark/tagger.h"

namespace earmark {

// The structs are plain values.

/// The tags of a clip over time: the classifier of the model, which learned from whole clips, on the embedding of each
/// window. The tags of the clip itself stay those of ClipResult; they are not the mean over the windows, since the
/// classifier is not linear.
struct EARMARK_EXPORT Taggram {
    WindowSettings window;
    std::vector<ClipWindow> windows;  ///< in the order of time; their embeddings are empty

    /// The windows divide the clip: window w is what is heard from edges_s[w] to edges_s[w + 1]. The first begins at 0,
    /// the last ends with the clip, and between two of them is the middle between their centers.
    std::vector<double> edges_s;

    /// windows x tags, in the order of Model::tags, calibrated, each within [0, 1]. All 0 in a window that is not
    /// audible, and in a clip that has no tags (ClipStatus silent, too_short, not_music).
    Matrix probabilities;
};

/// A taggram, and what the same pass found in the clip as a whole.
struct EARMARK_EXPORT TaggramResult {
    ClipResult clip;  ///< the same numbers as without a taggram
    Taggram taggram;
};

/// Runs `tag`, which puts one clip through the tagger (tag_file, tag_bytes, tag_samples, or start, add and finish), and
/// makes the taggram in the same pass. Memory: a number for each window and tag, and the segments of one window. Takes
/// the place of what Tagger::visit_segments was given; afterwards none is set. Throws Error (usage) that names the
/// setting which is not greater than 0, and what `tag` throws. Belongs to the thread of the tagger.
EARMARK_EXPORT TaggramResult taggram(Tagger& tagger, const WindowSettings& window,
                                     const std::function<ClipResult(Tagger&)>& tag);

/// When a tag begins and ends in a taggram, with hysteresis, so that it does not flicker where it is near its
/// threshold.
struct EARMARK_EXPORT EventRule {
    /// An event begins with the first window in which the tag is present (as rank() has it: from its threshold on; with
    /// softmax where it is the most probable), and ends before the first one with a probability below this share of
    /// what it would need there (the threshold; with softmax the greatest probability). Within [0, 1]; with 1 there is
    /// no hysteresis.
    double end_share = 0.7;
};

/// A stretch of a clip in which a tag is present.
struct EARMARK_EXPORT TagEvent {
    double start_s = 0.0;  ///< Taggram::edges_s
    double end_s = 0.0;
    double peak_s = 0.0;  ///< the center of the first of its most probable windows
    float peak_probability = 0.0F;
};

/// One tag of a taggram.
struct EARMARK_EXPORT TaggramTag {
    std::size_t tag_index = 0;  ///< into Model::tags
    std::vector<TagEvent> events;
    double active_s = 0.0;      ///< of all events together
    double first_peak_s = 0.0;  ///< TagEvent::peak_s of the first event; without one, of the most probable window
    float peak_probability = 0.0F;
    float mean_probability = 0.0F;  ///< over the windows
};

/// Which tags of a taggram matter.
struct EARMARK_EXPORT TaggramSelection {
    /// A tag matters when its events last at least this share of the clip together, and at least as long as a window.
    double least_active_share = 0.05;

    /// At most so many: those whose probability is, over the windows of their events, the greatest sum. At least 1.
    std::size_t most = 20;

    bool all = false;  ///< every tag of the model, whatever the two above are
};

/// The tags that matter, those of a category together: the categories in the order of TagCategory, their tags by
/// first_peak_s, equals in the order of Model::tags. Throws Error (usage) that names the setting out of its range.
/// REQUIRES: a taggram of this model. Thread-safe.
EARMARK_EXPORT std::vector<TaggramTag> taggram_tags(const Model& model, const Taggram& taggram,
                                                    const EventRule& rule = {}, const TaggramSelection& selection = {});

}  // namespace earmark
