#pragma once

#include <filesystem>

#include "earmark/model.h"

namespace earmark {

/// What a model is and how it scored, on standard output: lines for people, or an object for programs. `path` is its
/// file. Throws Error, as read_model does.
void print_info_as_text(const Model& model, const std::filesystem::path& path);
void print_info_as_json(const Model& model, const std::filesystem::path& path);

}  // namespace earmark
