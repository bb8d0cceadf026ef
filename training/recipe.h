#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "earmark/classifier.h"
#include "earmark/model.h"
#include "earmark/network.h"
#include "earmark/spectrogram.h"

namespace earmark {

enum class Optimiser {
    sgd,   ///< stochastic gradient descent with Nesterov momentum
    adam,  ///< Kingma & Ba 2014 (arXiv 1412.6980)
};

/// Gradient descent in stages: the learning rate starts at `learning_rate` and is divided by `learning_rate_divisor`
/// `learning_rate_reductions` times. Each stage starts from the best weights so far and ends after `patience_epochs`
/// epochs without a better validation loss.
struct Schedule {
    int batch_size = 100;
    double dropout = 0.5;
    Optimiser optimiser = Optimiser::sgd;
    double learning_rate = 0.01;
    double momentum = 0.9;  ///< of sgd
    double learning_rate_divisor = 5.0;
    int learning_rate_reductions = 4;
    int patience_epochs = 3;

    int stage_count() const noexcept { return learning_rate_reductions + 1; }
    double stage_learning_rate(int stage) const noexcept;
};

/// Everything that decides what a training run gives, apart from the data. Read from a TOML file such as
/// recipes/paper.toml.
struct Recipe {
    std::string name;
    std::uint64_t seed = 1;
    SpectrogramSettings spectrogram;
    std::vector<NetworkArchitecture> networks;  ///< each of another segment_frames: results are named by it
    Schedule local_learning;                    ///< step 1; a batch is segments
    Aggregation aggregation;                    ///< step 2
    std::vector<int> classifier_hidden_units;
    OutputKind output = OutputKind::sigmoid;
    Schedule classifier;  ///< step 3; a batch is clips

    std::string text;  ///< of the file
};

/// Throws Error: not_found, unreadable, invalid_recipe (names the file, the line, the key, and what was expected). A
/// key that is not known is an error.
Recipe read_recipe(const std::filesystem::path& path);
Recipe parse_recipe(const std::string& text, const std::string& name);

}  // namespace earmark
