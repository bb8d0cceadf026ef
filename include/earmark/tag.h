#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "earmark/calibration.h"
#include "earmark/export.h"

namespace earmark {

// All functions of this header are thread-safe, and none throws Error.

/// The groups in which tags are shown.
enum class TagCategory { genre, mood, instrument, voice, era, other };

/// "genre", "mood", ...
EARMARK_EXPORT std::string_view category_name(TagCategory category) noexcept;

/// The category of that name; `other` for any name that is none of the six.
EARMARK_EXPORT TagCategory category_from_name(std::string_view name) noexcept;

/// How well a tag is predicted: ROC-AUC on clips that were not learned from, and its 95 % interval. By what people
/// annotated where they did; else by the labels that Tag::source names. All within [0, 1], low <= roc_auc <= high.
struct EARMARK_EXPORT TagScore {
    double roc_auc = 0.0;
    double low = 0.0;
    double high = 1.0;

    bool operator==(const TagScore&) const = default;
};

struct EARMARK_EXPORT Tag {
    std::string label;  ///< as in the training data and unique in a model, for example "mood---Calm"
    std::string name;   ///< as shown, for example "Calm"
    TagCategory category = TagCategory::other;
    float threshold = 0.5F;    ///< with sigmoid the tag is present from this calibrated probability on; within [0, 1]
    Calibration calibration;   ///< identity in a model with softmax
    std::string meaning = {};  ///< one line for people; empty when the model does not have it
    std::string parent = {};   ///< name of a more general tag of the same category in the same model, or empty
    std::string source = {};   ///< where its labels come from: "true labels", "one teacher", ...; may be empty
    std::optional<TagScore> score = {};  ///< nothing when it was not measured

    bool operator==(const Tag&) const = default;
};

/// A tag for a label of the data sets: "category---name" (MTG-Jamendo's form), or a bare name of category `other`.
EARMARK_EXPORT Tag tag_from_label(const std::string& label);

}  // namespace earmark
