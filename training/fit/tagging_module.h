#pragma once

#include <torch/nn/module.h>
#include <torch/types.h>

namespace earmark {

/// A network that gives one logit for each label.
class TaggingModule : public torch::nn::Module {
public:
    virtual torch::Tensor forward(torch::Tensor inputs) = 0;
};

}  // namespace earmark
