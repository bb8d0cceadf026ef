#pragma once

#include <gtest/gtest.h>

#include <string>

#include "training/recipe/recipe.h"

namespace earmark {

/// All that recipes/paper.toml has, so small that a whole run takes about a second. Line numbers are tested.
inline constexpr const char* tiny_recipe_text = R"(name = "tiny"
seed = 7

[spectrogram]
sample_rate_hz = 8000
window_samples = 256
hop_samples = 256
mel_bands = 12
lowest_hz = 0.0
highest_hz = 4000.0
log_scale = 10.0

[[networks]]
segment_frames = 9
dense_units = 10
layers = [
  { kernel_frames = 3, filters = 6, pool_frames = 3 },
  { kernel_frames = 2, filters = 8, pool_frames = 3 },
]

[[networks]]
segment_frames = 18
dense_units = 10
layers = [
  { kernel_frames = 3, filters = 6, pool_frames = 3 },
  { kernel_frames = 3, filters = 8, pool_frames = 6 },
]

[local_learning]
batch_size = 16
dropout = 0.2
optimizer = "sgd"
learning_rate = 0.1
momentum = 0.9
learning_rate_divisor = 5.0
learning_rate_reductions = 1
patience_epochs = 1

[aggregation]
within_segment = "maximum"
across_segments = "mean"

[classifier]
hidden_units = [12]
output = "sigmoid"
batch_size = 8
dropout = 0.2
optimizer = "adam"
learning_rate = 0.05
learning_rate_divisor = 5.0
learning_rate_reductions = 1
patience_epochs = 1
)";

/// `text` with the first `from` after `start` replaced; the test fails when there is none.
inline std::string with(std::string text, const std::string& from, const std::string& to,
                        const std::string& start = "") {
    const std::size_t place = text.find(from, text.find(start));
    if (place == std::string::npos) {
        ADD_FAILURE() << "the recipe has no '" << from << "' after '" << start << "'";
        return text;
    }
    return text.replace(place, from.size(), to);
}

inline std::string tiny_recipe_with(const std::string& from, const std::string& to, const std::string& start = "") {
    return with(tiny_recipe_text, from, to, start);
}

inline Recipe tiny_recipe() { return parse_recipe(tiny_recipe_text, "tiny.toml"); }

}  // namespace earmark
