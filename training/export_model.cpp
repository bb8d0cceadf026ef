#include "training/export_model.h"

#include <cmath>

#include "earmark/tagger.h"
#include "metrics/tagging_report.h"
#include "training/features.h"
#include "training/score.h"

namespace earmark {
namespace {

constexpr float greatest_rounding_effect = 1e-3F;

// A tag without positives on the validation part gets a threshold that only a confident model passes.
constexpr float threshold_without_positives = 0.5F;

std::vector<float> column(const Matrix& matrix, std::size_t index) {
    std::vector<float> values(matrix.row_count());
    for (std::size_t row = 0; row < values.size(); ++row) values[row] = matrix(row, index);
    return values;
}

void set_thresholds(Model& model, const Matrix& probabilities, const std::vector<TrainingClip>& clips) {
    for (std::size_t tag = 0; tag < model.tags.size(); ++tag) {
        std::vector<float> truths;
        for (const TrainingClip& clip : clips) truths.push_back(clip.targets[tag]);
        model.tags[tag].threshold =
            best_f1_threshold(column(probabilities, tag), truths).value_or(threshold_without_positives);
    }
}

float greatest_difference(const Matrix& a, const Matrix& b) {
    float greatest = 0.0F;
    for (std::size_t i = 0; i < a.values().size(); ++i) {
        greatest = std::max(greatest, std::abs(a.values()[i] - b.values()[i]));
    }
    return greatest;
}

void add_scores(Model& model, const std::string& split, const Matrix& probabilities,
                const std::vector<TrainingClip>& clips) {
    const Figures figures = score(probabilities, clips);
    if (figures.roc_auc) model.provenance.scores.push_back({"roc_auc", split, *figures.roc_auc});
    if (figures.average_precision) {
        model.provenance.scores.push_back({"average_precision", split, *figures.average_precision});
    }
}

void set_self_test(Model& model) {
    Tagger tagger(std::make_shared<const Model>(model));
    model.self_test.probabilities =
        tagger.probabilities(self_test_signal(model.self_test, model.spectrogram.sample_rate_hz));
}

}  // namespace

Matrix model_probabilities(const Model& model, const std::vector<TrainingClip>& clips, std::size_t worker_count) {
    std::vector<NetworkFeatures> features;
    for (std::size_t i = 0; i < model.networks.size(); ++i) {
        features.push_back(
            network_features(model.architectures[i], model.networks[i], model.normalisation, clips, worker_count));
    }
    std::vector<const Matrix*> levels;
    for (const NetworkFeatures& network : features) levels.push_back(&network.levels);
    return Classifier(model.classifier).probabilities(side_by_side(levels));
}

Model export_model(const Recipe& recipe, const std::vector<std::string>& labels, LearnedWeights weights,
                   const TrainingClips& clips, Provenance provenance, std::size_t worker_count) {
    Model model;
    model.name = recipe.name;
    model.spectrogram = recipe.spectrogram;
    model.normalisation = clips.normalisation;
    model.architectures = recipe.networks;
    model.networks = std::move(weights.networks);
    model.aggregation = recipe.aggregation;
    model.classifier = std::move(weights.classifier);
    for (const std::string& label : labels) model.tags.push_back(tag_from_label(label));
    model.provenance = std::move(provenance);
    model.self_test.probabilities.assign(labels.size(), 0.0F);

    const Matrix exact = model_probabilities(model, clips.valid, worker_count);
    model.weight_type = WeightType::float16;
    Model rounded = round_trip(model);
    Matrix valid = model_probabilities(rounded, clips.valid, worker_count);
    if (greatest_difference(exact, valid) > greatest_rounding_effect) {
        model.weight_type = WeightType::float32;
        rounded = round_trip(model);
        valid = exact;
    }
    set_thresholds(rounded, valid, clips.valid);
    add_scores(rounded, "valid", valid, clips.valid);
    if (!clips.test.empty()) {
        add_scores(rounded, "test", model_probabilities(rounded, clips.test, worker_count), clips.test);
    }
    set_self_test(rounded);
    return rounded;
}

}  // namespace earmark
