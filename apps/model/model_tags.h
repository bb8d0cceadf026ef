#pragma once

#include "earmark/model.h"

namespace earmark {

/// What a model knows of its tags, on standard output: a table for people, or an array of objects for programs.
void print_tags_as_text(const Model& model);
void print_tags_as_json(const Model& model);

}  // namespace earmark
