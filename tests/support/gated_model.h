#pragma once

#include <cstddef>
#include <vector>

#include "earmark/model.h"
#include "tests/support/small_model.h"

namespace earmark {

/// The small model with a gate for which every clip is music with the same probability, sigmoid(music_bias), at a
/// distance that is above 0.
inline Model model_with_gate(float music_bias, float greatest_distance) {
    Model model = small_model();
    const std::size_t length = model.feature_count();
    Gate gate{std::vector<float>(length), music_bias, 0.5F, std::vector<float>(length), 1, greatest_distance};
    gate.components[0] = 1.0F;
    model.gate = gate;
    return model;
}

}  // namespace earmark
