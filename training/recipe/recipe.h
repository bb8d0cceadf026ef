#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "earmark/classifier.h"
#include "earmark/model.h"
#include "earmark/network.h"
#include "earmark/spectrogram.h"
#include "earmark/tag.h"

namespace earmark {

enum class Optimizer {
    sgd,    ///< stochastic gradient descent with Nesterov momentum
    adam,   ///< Kingma & Ba 2014 (arXiv 1412.6980)
    adamw,  ///< Loshchilov & Hutter 2019 (arXiv 1711.05101)
};

enum class LearningRateRule {
    /// Starts at `learning_rate` and is divided by `learning_rate_divisor` `learning_rate_reductions` times. Each stage
    /// starts from the best weights so far and ends after `patience_epochs` epochs whose validation loss is not better
    /// by StageControl::least_gain.
    stages,
    /// Rises from 0 for `warm_up_epochs`, then falls to 0 as half a cosine until `epochs` are over (Loshchilov & Hutter
    /// 2017, arXiv 1608.03983). Nothing ends it early.
    cosine,
};

enum class KeptWeights {
    best,  ///< of the epoch with the least validation loss
    last,  ///< of the last epoch; of cosine, whose steps have come to rest by then
};

/// Gradient descent.
struct Schedule {
    int batch_size = 100;
    double dropout = 0.5;
    Optimizer optimizer = Optimizer::sgd;
    double learning_rate = 0.01;
    double momentum = 0.9;      ///< of sgd
    double weight_decay = 0.0;  ///< of adamw

    LearningRateRule rule = LearningRateRule::stages;
    double learning_rate_divisor = 5.0;
    int learning_rate_reductions = 4;
    int patience_epochs = 3;
    int epochs = 0;  ///< of cosine
    int warm_up_epochs = 0;
    KeptWeights kept = KeptWeights::best;

    double label_smoothing = 0.0;  ///< the weight of 0.5, or of 1 / labels with softmax, in a target
    double mixup = 0.0;  ///< a of Beta(a, a), by which items are mixed in pairs (Zhang et al. 2018, arXiv 1710.09412)

    /// Of an exponential mean of the weights over the steps, which then is what is validated and kept; 0 for none.
    double weight_average_decay = 0.0;

    int stage_count() const noexcept { return rule == LearningRateRule::cosine ? 1 : learning_rate_reductions + 1; }
    double stage_learning_rate(int stage) const noexcept;

    /// Of cosine; `epoch` counts from 0 and may be fractional.
    double cosine_learning_rate(double epoch) const noexcept;
};

/// What a teacher, which is a pre-trained tagger, gives to learn from.
enum class TeacherKind {
    probabilities,  ///< of its tags: soft labels, by binary cross-entropy
    embeddings,     ///< numbers of its last layer, by the mean squared error
};

/// One table of what a teacher predicts, and how much it counts in step 1.
struct TeacherChoice {
    std::string file;  ///< in the folder of the tables
    TeacherKind kind = TeacherKind::probabilities;
    double weight = 1.0;  ///< of its loss; see label_weight

    bool operator==(const TeacherChoice&) const = default;
};

/// How segments are changed before they are learned from, each time anew. All zero: not at all.
struct Augmentation {
    bool random_positions = false;  ///< segments start anywhere, not side by side
    double lowest_gain_db = 0.0;    ///< of the whole segment, at most down; not above 0
    double highest_gain_db = 0.0;   ///< at most up
    double equalizer_db = 0.0;      ///< of a curve over the mel bands, at most up or down
    double shifted_bands = 0.0;     ///< along the mel scale, as pitch does, at most up or down
    double stretch = 0.0;           ///< in time, at most 1 + stretch times as long or short
    int masked_bands = 0;           ///< greatest width of a stripe that is blanked out (SpecAugment, arXiv 1904.08779)
    int masked_frames = 0;          ///< the same in time
    int shortest_copy_frames =
        0;                      ///< of an augmented copy of a clip, which is up to as long as it; 0: half of the clip
    int silent_high_bands = 0;  ///< at most so many bands at the top are silent, as after a low-pass filter

    bool operator==(const Augmentation&) const = default;
};

/// How the scales are combined in step 3 (Snoek et al. 2005, "Early versus late fusion in semantic video analysis").
enum class Fusion {
    early,  ///< one classifier learns from the embeddings of all scales
    late,   ///< one for each scale, and the mean of their outputs
};

enum class ThresholdRule {
    best_f1,    ///< the best F1 on the validation clips
    precision,  ///< the lowest with at least `least_precision`: lowest_threshold_with_precision()
};

/// From which probability on a tag is shown.
struct ThresholdSettings {
    ThresholdRule rule = ThresholdRule::best_f1;
    double least_precision = 0.5;  ///< of ThresholdRule::precision; within (0, 1]
    bool unknown_is_absent =
        false;  ///< of the same, and of calibration: clips of which a tag is unknown count as without it

    bool operator==(const ThresholdSettings&) const = default;
};

/// Whether a clip is music, and whether it is like the training clips: earmark/gate.h.
struct GateRecipe {
    std::string not_music;  ///< clips with this tag, a label as in manifests, are not music; the model does not have it
    int component_count = 32;

    bool operator==(const GateRecipe&) const = default;
};

/// Everything that decides what a training run gives, apart from the data. Read from a TOML file such as
/// recipes/paper.toml.
struct Recipe {
    std::string name;
    std::uint64_t seed = 1;
    SpectrogramSettings spectrogram;
    std::vector<NetworkArchitecture> networks;  ///< each of another segment_frames, by which results are named
    Schedule local_learning;                    ///< step 1; a batch is segments
    double label_weight = 1.0;                  ///< of the loss of the true labels in step 1, with teachers
    std::vector<TeacherChoice> teachers;        ///< of step 1
    Augmentation augmentation;                  ///< of step 1, and of `augmented_copies`
    Aggregation aggregation;                    ///< step 2
    std::vector<int> classifier_hidden_units;   ///< with late fusion, of the classifier of each scale
    OutputKind output = OutputKind::sigmoid;
    Fusion fusion = Fusion::early;
    double classifier_input_dropout = 0.0;  ///< the fraction of an embedding's values that an epoch drops
    int augmented_copies = 0;    ///< of each training clip, as by ClipAugmenter; step 3 learns from them as well
    Schedule classifier;         ///< step 3; a batch is clips
    bool is_calibrated = false;  ///< Platt scaling of each tag, fitted on out-of-fold outputs
    ThresholdSettings thresholds;
    std::map<TagCategory, ThresholdSettings> category_thresholds;  ///< in their place, for the tags of these categories
    std::map<TagCategory, double> family_frequencies;  ///< see balance_families(); none: as often as in the data
    std::optional<GateRecipe> gate;                    ///< nothing: the model has none

    std::string text;  ///< of the file
};

/// A recipe for transfer learning may leave out spectrogram, networks, local_learning and aggregation together: it then
/// has no networks. Throws Error: not_found, unreadable, invalid_recipe (names the file, the line, the key, and what
/// was expected). A key that is not known is an error.
Recipe read_recipe(const std::filesystem::path& path);
Recipe parse_recipe(const std::string& text, const std::string& name);

/// Those of the tags of a category.
const ThresholdSettings& thresholds_of(const Recipe& recipe, TagCategory category);

/// Whether calibration or thresholds need predictions by a cross-validation of the classifier.
bool needs_out_of_fold(const Recipe& recipe);

/// The recipe with another output. Its text is then written anew, without comments. REQUIRES: a recipe that was read or
/// parsed. Throws Error (invalid_recipe): softmax, but the recipe has calibration, thresholds by precision or a gate.
Recipe with_output(Recipe recipe, OutputKind output);

}  // namespace earmark
