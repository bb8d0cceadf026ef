#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "datasets/manifest/dataset.h"
#include "earmark/model.h"
#include "training/clips/log_mel_cache.h"
#include "training/fit/listener.h"
#include "training/run/training_options.h"
#include "training/teachers/teacher_targets.h"

namespace earmark {

/// What several trainings have in common: every file is read once for all trainings of one process.
struct TrainingSources {
    Recipe recipe;                                   ///< as the file has it
    std::shared_ptr<const Model> start;              ///< of a transfer, else nullptr
    std::shared_ptr<const TeacherTargets> teachers;  ///< that the recipe asks for, else nullptr
    Dataset dataset;                                 ///< all data sets as one, with the splits of the manifests
    std::optional<std::vector<std::string>> tags;    ///< the list that the user chose
    std::vector<Tag> vocabulary;                     ///< of TrainingOptions::vocabulary, as a whole
    std::vector<std::string> notes;                  ///< lines for the user: tags of the list that no clip has
};

/// Reads recipe, start model, tables of teachers, manifests and tags. Throws Error: invalid_recipe, invalid_dataset
/// (also where no clip has any tag of the list), invalid_model, not_found, unreadable.
TrainingSources read_sources(const TrainingOptions& options);

/// What one training works on.
struct TrainingInputs {
    Recipe recipe;                       ///< with seed and output of the options and the networks of `start`
    std::shared_ptr<const Model> start;  ///< of a transfer, else nullptr
    std::string start_identity;          ///< "default b61bb8a2..."; empty without a transfer
    std::shared_ptr<const TeacherTargets> teachers;  ///< or nullptr
    Dataset dataset;                                 ///< with the splits of the fold
    std::vector<std::string> labels;
    std::vector<Tag> vocabulary = {};  ///< a tag for each label, or none
};

/// Reads no file. Throws Error: invalid_recipe, invalid_dataset (a split is missing, or there is no label), usage (no
/// model file could hold the result).
TrainingInputs training_inputs(const TrainingSources& sources, const TrainingOptions& options);

/// Decodes the clips that are not in the cache yet, and takes those that cannot be read out of `dataset`. Returns them,
/// or nothing when the listener asked to stop. Throws as fill_cache() does.
std::optional<std::vector<ClipProblem>> decode_clips(Dataset& dataset, const SpectrogramSettings& settings,
                                                     LogMelCache& cache, std::size_t worker_count,
                                                     TrainingListener& listener);

/// What the model file records about its training, as far as it is known before: command, date, license.
Provenance provenance_of(const TrainingOptions& options);

}  // namespace earmark
