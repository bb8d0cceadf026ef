#include "training/run/assemble_model.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "earmark/error.h"
#include "earmark/tagger.h"
#include "evaluation/score.h"
#include "metrics/f1.h"
#include "metrics/precision_threshold.h"
#include "training/calibration/families.h"
#include "training/calibration/platt.h"
#include "training/features/columns.h"
#include "training/features/network_features.h"
#include "training/run/tag_scores.h"

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

std::vector<float> truths_of(const std::vector<TrainingClip>& clips, std::size_t tag, bool unknown_is_absent = false) {
    std::vector<float> truths;
    truths.reserve(clips.size());
    for (const TrainingClip& clip : clips) {
        const float truth = clip.targets[tag];
        truths.push_back(unknown_is_absent && std::isnan(truth) ? 0.0F : truth);
    }
    return truths;
}

void calibrate(const Model& model, Matrix& probabilities) {
    for (std::size_t row = 0; row < probabilities.row_count(); ++row) {
        for (std::size_t tag = 0; tag < model.tags.size(); ++tag)
            probabilities(row, tag) = model.tags[tag].calibration.apply(probabilities(row, tag));
    }
}

// Below this threshold a tag is wrong more often than people forgive.
constexpr float least_threshold = 0.2F;

// A tag that has the precision nowhere gets the threshold of the greatest that it has, in steps of 0.05.
float threshold_with_precision(const std::vector<float>& probabilities, const std::vector<float>& truths,
                               double wanted_precision) {
    constexpr std::size_t least_positive_count = 10;
    constexpr double step = 0.05;
    float least = least_threshold;
    const auto step_count = static_cast<int>(std::ceil(wanted_precision / step));
    for (int i = 0; i < step_count; ++i) {
        const double precision = wanted_precision - step * i;
        if (const std::optional<float> threshold =
                lowest_threshold_with_precision(probabilities, truths, precision, least_positive_count))
            return std::max(least, *threshold);
        least = threshold_without_positives;
    }
    return threshold_without_positives;
}

// Probabilities that are calibrated, and the clips that they are of.
struct Judged {
    const Matrix& probabilities;
    const std::vector<TrainingClip>& clips;
};

// With softmax the most probable tag is present, and thresholds have no effect.
void set_thresholds(Model& model, const Recipe& recipe, const Judged& valid, const Judged& out_of_fold) {
    if (model.classifier.output == OutputKind::softmax) return;
    for (std::size_t tag = 0; tag < model.tags.size(); ++tag) {
        const ThresholdSettings& settings = thresholds_of(recipe, model.tags[tag].category);
        const bool by_precision = settings.rule == ThresholdRule::precision;
        const Judged& judged = by_precision ? out_of_fold : valid;
        const std::vector<float> truths = truths_of(judged.clips, tag, settings.unknown_is_absent);
        const std::vector<float> of_tag = column(judged.probabilities, tag);
        model.tags[tag].threshold = by_precision
                                        ? threshold_with_precision(of_tag, truths, settings.least_precision)
                                        : best_f1_threshold(of_tag, truths).value_or(threshold_without_positives);
    }
}

// The share of the clips that has each tag, of those where it is known or likely.
std::vector<double> frequencies_of(const std::vector<TrainingClip>& clips, std::size_t tag_count) {
    std::vector<double> frequencies;
    for (std::size_t tag = 0; tag < tag_count; ++tag) {
        double sum = 0.0;
        double count = 0.0;
        for (const float truth : truths_of(clips, tag)) {
            if (std::isnan(truth)) continue;
            sum += truth;
            ++count;
        }
        frequencies.push_back(count > 0.0 ? sum / count : 0.0);
    }
    return frequencies;
}

// Calibrations, and thresholds that are calibrated.
void set_decisions(Model& model, const Recipe& recipe, const TrainingClips& clips, Matrix& valid,
                   std::optional<OutOfFold>& out_of_fold) {
    if (recipe.is_calibrated && out_of_fold) {
        for (std::size_t tag = 0; tag < model.tags.size(); ++tag) {
            const bool unknown_is_absent = thresholds_of(recipe, model.tags[tag].category).unknown_is_absent;
            model.tags[tag].calibration = fit_platt(column(out_of_fold->probabilities, tag),
                                                    truths_of(out_of_fold->clips, tag, unknown_is_absent));
        }
        const std::vector<double> frequencies = frequencies_of(out_of_fold->clips, model.tags.size());
        for (const auto& [category, frequency] : recipe.family_frequencies)
            balance_families(model.tags, category, frequency, frequencies);
        calibrate(model, valid);
    }
    const Judged by_valid{valid, clips.valid};
    if (!out_of_fold) return set_thresholds(model, recipe, by_valid, by_valid);
    calibrate(model, out_of_fold->probabilities);
    set_thresholds(model, recipe, by_valid, {out_of_fold->probabilities, out_of_fold->clips});
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

void describe_tags(Model& model, const std::vector<Tag>& vocabulary) {
    for (std::size_t tag = 0; tag < vocabulary.size(); ++tag) {
        model.tags[tag].meaning = vocabulary[tag].meaning;
        model.tags[tag].parent = vocabulary[tag].parent;
        model.tags[tag].source = vocabulary[tag].source;
        model.tags[tag].score = vocabulary[tag].score;
    }
}

// A score that the vocabulary states stays.
void set_tag_scores(Model& model, const OutOfFold& out_of_fold, std::size_t worker_count) {
    const std::vector<std::optional<TagScore>> scores = tag_scores(out_of_fold, model.tags.size(), worker_count);
    for (std::size_t tag = 0; tag < model.tags.size(); ++tag)
        if (!model.tags[tag].score) model.tags[tag].score = scores[tag];
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
    Matrix probabilities = Classifier(model.classifier).probabilities(side_by_side(levels));
    calibrate(model, probabilities);
    return probabilities;
}

CalibrationReport calibration_report(const Model& model, const std::vector<TrainingClip>& clips,
                                     std::size_t worker_count) {
    const Matrix probabilities = model_probabilities(model, clips, worker_count);
    CalibrationReport report;
    for (std::size_t row = 0; row < clips.size(); ++row) report.add(probabilities.row(row), clips[row].targets);
    return report;
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
                   const TrainingClips& clips, Provenance provenance, std::size_t worker_count, ModelExtras extras) {
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
    describe_tags(model, extras.vocabulary);
    set_decisions(model, recipe, clips, valid, extras.out_of_fold);
    if (extras.out_of_fold) set_tag_scores(model, *extras.out_of_fold, worker_count);
    add_scores(model, "valid", valid, clips.valid);
    if (!clips.test.empty()) {
        add_scores(model, "test", model_probabilities(model, clips.test, worker_count), clips.test);
    }
    model.gate = std::move(extras.gate);
    set_self_test(model);
    return model;
}

}  // namespace earmark
