#pragma once

#include <torch/types.h>

#include <cstddef>
#include <vector>

#include "earmark/classifier.h"
#include "training/teachers/teacher_targets.h"

namespace earmark {

/// The loss of step 1 with teachers: the weighted sum of tagging_loss() of the true labels, of the same with soft
/// labels for each table of probabilities, and of the mean squared error for each table of embeddings (Hinton et al.
/// 2015, "Distilling the knowledge in a neural network", arXiv 1503.02531, with the authors' temperature at 1). What is
/// not known, NaN among the targets, does not count. A value.
class DistillationLoss {
public:
    DistillationLoss(OutputKind output, std::size_t label_count, double label_weight,
                     std::vector<TeacherTargets::Part> parts);

    /// Both are items x (labels + columns of teachers); outputs are logits, or numbers of an embedding. Returns one
    /// number.
    torch::Tensor operator()(const torch::Tensor& outputs, const torch::Tensor& targets) const;

private:
    OutputKind output_;
    std::int64_t label_count_;
    double label_weight_;
    std::vector<TeacherTargets::Part> parts_;
};

}  // namespace earmark
