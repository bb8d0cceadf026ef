#pragma once

#include <string>

#include "training/clips/clips.h"

namespace earmark {

/// For the model file: "allmusic: 667 clips train, 82 valid, 81 test; no artist in two splits". Without a test split,
/// there is nothing about it.
std::string data_description(const std::string& name, const Dataset& dataset, const TrainingClips& clips);

}  // namespace earmark
