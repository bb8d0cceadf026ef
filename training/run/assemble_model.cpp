#include "training/run/assemble_model.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "earmark/error.h"
#include "earmark/tagger.h"
#include "evaluation/score.h"
#include "metrics/f1.h"
#include "training/features/columns.h"
#include "training/features/network_features.h"

namespace earmark {
namespace {

constexpr float greatest_rounding_effect = 1e-3F;

// A tag without positives on the validation split gets a threshold that only a confident model passes.
constexpr float threshold_without_positives = 0.5F;

std::vector<float> column(const Matrix& matrix, std::size_t index) {
    std::vector<float> values(matrix.row_count());
    for (std::size_t row = 0; row < values.size(); ++row) values[row] = matrix(row, index);
    return values;
}

// With softmax the most probable tag is present, and thresholds have no effect.
void set_thresholds(Model& model, const Matrix& probabilities, const std::vector<TrainingClip>& clips) {
    if (model.classifier.output == OutputKind::softmax) return;
    for (std::size_t tag = 0; tag < model.tags.size(); ++tag) {
        std::vector<float> truths;
        truths.reserve(clips.size());
        for (const TrainingClip& clip : clips) truths.push_back(clip.targets[tag]);
        model.tags[tag].threshold =
            best_f1_threshold(column(probabilities, tag), truths).value_or(threshold_without_positives);
    }
}

bool are_close(const Matrix& a, const Matrix& b) {
    return std::ranges::equal(a.values(), b.values(),
                              [](float x, float y) { return std::abs(x - y) <= greatest_rounding_effect; });
}

// As it is after reading; nothing when a weight is too large for float16.
std::optional<Model> with_half_weights(Model model) {
    model.weight_type = WeightType::float16;
    try {
        return round_trip(model);
    } catch (const Error&) {
        return std::nullopt;
    }
}

void add_scores(Model& model, const std::string& split, const Matrix& probabilities,
                const std::vector<TrainingClip>& clips) {
    const Scores scores = score(clip_rows(probabilities), target_rows(clips), model.classifier.output);
    if (scores.roc_auc) model.provenance.scores.push_back({"roc_auc", split, *scores.roc_auc});
    if (scores.average_precision) {
        model.provenance.scores.push_back({"average_precision", split, *scores.average_precision});
    }
    if (scores.accuracy) model.provenance.scores.push_back({"accuracy", split, *scores.accuracy});
}

void set_self_test(Model& model) {
    model.self_test.duration_s = self_test_duration_s(model);
    model.self_test.probabilities = self_test_probabilities(std::make_shared<const Model>(model));
}

}  // namespace

Matrix model_probabilities(const Model& model, const std::vector<TrainingClip>& clips, std::size_t worker_count) {
    std::vector<NetworkFeatures> features;
    for (std::size_t i = 0; i < model.networks.size(); ++i) {
        features.push_back(network_features(model.architectures[i], model.networks[i],
                                            model.aggregation.across_segments, model.normalization, clips,
                                            worker_count));
    }
    std::vector<const Matrix*> levels;
    levels.reserve(features.size());
    for (const NetworkFeatures& network : features) levels.push_back(&network.levels);
    return Classifier(model.classifier).probabilities(side_by_side(levels));
}

Model untrained_model(const Recipe& recipe, const std::vector<std::string>& labels, Provenance provenance) {
    Model model;
    model.name = recipe.name;
    model.spectrogram = recipe.spectrogram;
    model.architectures = recipe.networks;
    model.aggregation = recipe.aggregation;
    for (const std::string& label : labels) model.tags.push_back(tag_from_label(label));
    model.provenance = std::move(provenance);
    model.self_test.probabilities.assign(labels.size(), 0.0F);
    return model;
}

Model export_model(const Recipe& recipe, const std::vector<std::string>& labels, LearnedWeights weights,
                   const TrainingClips& clips, Provenance provenance, std::size_t worker_count) {
    Model model = untrained_model(recipe, labels, std::move(provenance));
    model.normalization = clips.normalization;
    model.networks = std::move(weights.networks);
    model.classifier = std::move(weights.classifier);
    model.weight_type = WeightType::float32;

    Matrix valid = model_probabilities(model, clips.valid, worker_count);
    if (const std::optional<Model> halves = with_half_weights(model)) {
        const Matrix rounded = model_probabilities(*halves, clips.valid, worker_count);
        if (are_close(valid, rounded)) {
            model = *halves;
            valid = rounded;
        }
    }
    set_thresholds(model, valid, clips.valid);
    add_scores(model, "valid", valid, clips.valid);
    if (!clips.test.empty()) {
        add_scores(model, "test", model_probabilities(model, clips.test, worker_count), clips.test);
    }
    set_self_test(model);
    return model;
}

}  // namespace earmark
