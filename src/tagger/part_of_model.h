#pragma once

#include <memory>

#include "earmark/model.h"

namespace earmark {

/// A pointer to a component of a model, which keeps the whole model alive.
template <typename Part>
std::shared_ptr<const Part> part_of_model(const std::shared_ptr<const Model>& model, const Part& part) {
    return {model, &part};
}

}  // namespace earmark
