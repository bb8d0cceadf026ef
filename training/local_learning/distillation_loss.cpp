#include "training/local_learning/distillation_loss.h"

#include <torch/torch.h>

#include "training/fit/fit.h"

namespace earmark {
namespace {

torch::Tensor squared_error(const torch::Tensor& outputs, const torch::Tensor& targets) {
    const torch::Tensor known = torch::isfinite(targets);
    const torch::Tensor errors = torch::where(known, outputs - targets, torch::zeros_like(outputs));
    return errors.square().sum() / known.sum().clamp_min(1);
}

}  // namespace

DistillationLoss::DistillationLoss(OutputKind output, std::size_t label_count, double label_weight,
                                   std::vector<TeacherTargets::Part> parts)
    : output_(output),
      label_count_(static_cast<std::int64_t>(label_count)),
      label_weight_(label_weight),
      parts_(std::move(parts)) {}

torch::Tensor DistillationLoss::operator()(const torch::Tensor& outputs, const torch::Tensor& targets) const {
    const torch::Tensor of_labels =
        tagging_loss(outputs.narrow(1, 0, label_count_), targets.narrow(1, 0, label_count_), output_);
    torch::Tensor loss = of_labels * label_weight_;
    for (const TeacherTargets::Part& part : parts_) {
        const std::int64_t first = label_count_ + static_cast<std::int64_t>(part.first_column);
        const auto count = static_cast<std::int64_t>(part.column_count);
        const torch::Tensor predicted = outputs.narrow(1, first, count);
        const torch::Tensor target = targets.narrow(1, first, count);
        const torch::Tensor of_part = part.kind == TeacherKind::probabilities
                                          ? tagging_loss(predicted, target, OutputKind::sigmoid)
                                          : squared_error(predicted, target);
        loss = loss + of_part * part.weight;
    }
    return loss;
}

}  // namespace earmark
