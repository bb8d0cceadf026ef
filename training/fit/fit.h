#pragma once

#include <filesystem>
#include <functional>
#include <optional>

#include "earmark/classifier.h"
#include "earmark/precision.h"
#include "training/fit/batches.h"
#include "training/fit/listener.h"
#include "training/fit/tagging_module.h"
#include "training/recipe/recipe.h"

namespace earmark {

struct Validation {
    double loss = 0.0;
    std::optional<double> roc_auc;
};

/// What to make small, from what a module gives and the targets of a batch.
using TrainingLoss = std::function<torch::Tensor(const torch::Tensor& outputs, const torch::Tensor& targets)>;

/// What to fit, on what, and how. A reference must outlive the fit.
struct FitTask {
    TaskId id;
    TaggingModule& module;
    BatchSource& batches;
    std::function<Validation(TaggingModule&)> validate;  ///< called in evaluation mode, without gradients
    Schedule schedule;
    OutputKind output = OutputKind::sigmoid;
    TrainingLoss loss = {};  ///< instead of tagging_loss()
    std::uint64_t seed = 1;
    Precision precision = Precision::float32;
    std::filesystem::path checkpoint;  ///< written after every epoch
};

/// How many seconds the rest of the whole run will take, after an epoch of this task.
using RemainingTime = std::function<std::optional<double>(const EpochReport&)>;

/// Trains in stages (see Schedule); at the end the module holds the weights to keep. A fit that was stopped resumes
/// from its checkpoint with the same result as one that was not; one whose checkpoint is damaged reports that and
/// begins anew. Returns false when the listener asked to stop. Throws Error (invalid_recipe) when the loss is not a
/// number.
bool fit(const FitTask& task, TrainingListener& listener, const RemainingTime& remaining_time);

/// Mean over items and labels of the binary cross-entropy, or mean over items of the cross-entropy. A target that is
/// not a number is unknown and left out.
torch::Tensor tagging_loss(const torch::Tensor& logits, const torch::Tensor& targets, OutputKind output);

/// Logits to probabilities.
torch::Tensor tagging_probabilities(const torch::Tensor& logits, OutputKind output);

}  // namespace earmark
