#pragma once

#include <string>

#include "earmark/model.h"
#include "model/tensors.h"

namespace earmark {

/// The description in a model file: a model without its weights, and the widths that a model itself shows
/// only in its weights.
struct Description {
    Model model;
    ClassifierShape classifier_shape;
};

/// All fields of a model but its weights, as one JSON text; equal models give the same text. REQUIRES: model.check()
/// passes.
std::string write_description(const Model& model);

/// Throws Error (invalid_model) that names the field, as 'description.tags[3].threshold', when a key is missing or
/// unknown or a value is of the wrong type. Ranges are left to Model::check().
Description read_description(const std::string& text);

}  // namespace earmark
