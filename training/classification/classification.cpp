#include "training/classification/classification.h"

#include <torch/torch.h>

#include <cmath>

#include "base/mean_deviation.h"
#include "evaluation/score.h"
#include "training/classification/classifier_network.h"
#include "training/fit/fit.h"
#include "training/fit/tensors.h"
#include "training/recipe/seeds.h"

namespace earmark {
namespace {

// Step 3 has its own seeds, apart from those of the networks of step 1.
constexpr std::uint64_t seed_offset = 1000;

void measure_standardization(const Matrix& features, ClassifierWeights& weights) {
    constexpr double least_deviation = 1e-6;
    ColumnMeanDeviation columns(features.column_count());
    for (std::size_t row = 0; row < features.row_count(); ++row) columns.add(features.row(row));
    weights.means.assign(columns.means().begin(), columns.means().end());
    weights.deviations.clear();
    for (const double deviation : columns.deviations()) {
        weights.deviations.push_back(deviation > least_deviation ? static_cast<float>(deviation) : 1.0F);
    }
}

torch::Tensor standardized(const Matrix& features, const ClassifierWeights& weights) {
    return (to_tensor(features) - torch::tensor(weights.means)) / torch::tensor(weights.deviations);
}

torch::Tensor targets_of(const std::vector<TrainingClip>& clips) {
    Matrix targets(clips.size(), clips.front().targets.size());
    for (std::size_t i = 0; i < clips.size(); ++i) {
        std::copy(clips[i].targets.begin(), clips[i].targets.end(), targets.row(i).begin());
    }
    return to_tensor(targets);
}

// Outputs that give every clip the frequencies of the labels. From random outputs the first epochs learn little else,
// with a validation loss that rises and falls, and early stopping takes that for the end. A label that no clip has, or
// every one, counts as if half a clip were different; unknown labels do not count.
torch::Tensor log_odds_of_frequencies(const torch::Tensor& targets, OutputKind output) {
    const double least = 0.5 / static_cast<double>(targets.size(0));
    const torch::Tensor frequencies = torch::nanmean(targets, 0).nan_to_num().clamp(least, 1.0 - least);
    return output == OutputKind::sigmoid ? torch::logit(frequencies) : torch::log(frequencies);
}

}  // namespace

std::optional<ClassifierWeights> learn_classifier(const TaskId& id, const Recipe& recipe,
                                                  const std::vector<int>& hidden_units, const SplitFeatures& features,
                                                  const TrainingClips& clips, const Compute& compute,
                                                  const std::filesystem::path& checkpoint, TrainingListener& listener) {
    ClassifierWeights weights;
    weights.output = recipe.output;
    measure_standardization(features.train, weights);

    const std::uint64_t seed = mix_seed(recipe.seed, seed_offset, 0);
    torch::manual_seed(seed);
    const torch::Device device = torch_device(compute.device);
    const torch::Tensor targets = targets_of(clips.train);
    ClassifierNetwork network(features.train.column_count(), hidden_units,
                              log_odds_of_frequencies(targets, recipe.output), recipe.classifier.dropout,
                              recipe.classifier_input_dropout);
    network.to(device);
    EmbeddingBatches batches(standardized(features.train, weights), targets,
                             static_cast<std::size_t>(recipe.classifier.batch_size));  // of each clip one of its rows
    const torch::Tensor valid_inputs = standardized(features.valid, weights).to(device);
    const torch::Tensor valid_targets = targets_of(clips.valid);
    const auto validate = [&](TaggingModule& module) {
        const torch::Tensor logits = module.forward(valid_inputs).to(torch::kCPU);
        const Matrix probabilities = to_matrix(tagging_probabilities(logits, recipe.output));
        return Validation{tagging_loss(logits, valid_targets, recipe.output).item<double>(),
                          score(clip_rows(probabilities), target_rows(clips.valid), recipe.output).roc_auc};
    };
    const FitTask task{.id = id,
                       .module = network,
                       .batches = batches,
                       .validate = validate,
                       .schedule = recipe.classifier,
                       .output = recipe.output,
                       .seed = seed,
                       .checkpoint = checkpoint};
    if (!fit(task, listener, [](const EpochReport&) { return std::nullopt; })) return std::nullopt;
    weights.layers = network.layers();
    return weights;
}

// W (x - mean) / deviation + b, written as W' x + b'.
LayerWeights without_standardization(const ClassifierWeights& weights) {
    LayerWeights layer = weights.layers.front();
    const std::size_t input_count = weights.means.size();
    for (std::size_t output = 0; output < layer.biases.size(); ++output) {
        double bias = layer.biases[output];
        for (std::size_t input = 0; input < input_count; ++input) {
            float& weight = layer.weights[output * input_count + input];
            weight /= weights.deviations[input];
            bias -= static_cast<double>(weight) * weights.means[input];
        }
        layer.biases[output] = static_cast<float>(bias);
    }
    return layer;
}

}  // namespace earmark
