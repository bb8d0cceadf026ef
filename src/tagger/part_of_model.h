#pragma once

#include <memory>

#include "earmark/model.h"

namespace earmark {

/// A part of a model, which keeps all of it alive.
template <typename Part>
std::shared_ptr<const Part> part_of_model(const std::shared_ptr<const Model>& model, const Part& part) {
    return {model, &part};
}

}  // namespace earmark
