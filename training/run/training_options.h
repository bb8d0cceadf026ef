#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "datasets/manifest/dataset.h"
#include "earmark/precision.h"
#include "training/fit/device_choice.h"
#include "training/recipe/recipe.h"
#include "training/run/configuration_choice.h"

namespace earmark {

/// One round of a cross-validation.
struct Fold {
    FoldPlan plan;
    std::size_t index = 0;       ///< below plan.fold_count
    bool is_test_empty = false;  ///< what would be the test fold is trained on as well
};

struct TrainingOptions {
    std::filesystem::path recipe;
    std::vector<std::filesystem::path> data;  ///< folders with manifest.tsv; see join_datasets
    std::filesystem::path out;  ///< folder for everything that the run writes; made when it does not exist
    std::optional<std::filesystem::path> tags;  ///< list of labels; without it all labels of the training split
    std::optional<std::filesystem::path> vocabulary = {};  ///< what is known of tags: read_vocabulary()
    std::optional<std::filesystem::path> cache;  ///< folder of the log-mel cache; without it a folder in `out`
    std::size_t worker_count = 1;
    DeviceChoice device = DeviceChoice::automatic;
    Precision precision = Precision::automatic;  ///< of step 1
    /// Transfer: a model file whose spectrogram and networks are kept, instead of the recipe's. Step 1 then only
    /// learns the output layers of the networks.
    std::optional<std::filesystem::path> from;
    std::optional<std::filesystem::path> teachers = {};  ///< folder with the tables of the recipe's teachers
    std::optional<std::uint64_t> seed;                   ///< instead of the recipe's
    std::optional<OutputKind> output;                    ///< instead of the recipe's
    std::optional<Fold> fold;                            ///< instead of the splits of the manifest
    /// Which clips are copies of each other, as write_copies() writes it; they stay in one fold.
    std::optional<std::filesystem::path> copies = {};
    /// See claim_audio(): that of a study, which its runs share; without it a file in `out`.
    std::optional<std::filesystem::path> audio_record = {};
    ConfigurationChoice configurations;
    /// earmark-train, which learns the networks of step 1 side by side in processes of its own; without it they are
    /// learned one after the other in this process, with the same result.
    std::optional<std::filesystem::path> program = {};
    std::string command;  ///< as typed, for the model card
    std::string license;  ///< of the model
};

/// "allmusic + mirex, fold 2 of 5"; without the fold where all folds are trained on.
std::string data_name(const TrainingOptions& options);

}  // namespace earmark
