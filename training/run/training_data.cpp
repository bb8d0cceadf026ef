#include "training/run/training_data.h"

#include <algorithm>
#include <set>

#include "base/similar_word.h"
#include "datasets/manifest/copies.h"
#include "earmark/error.h"
#include "training/clips/clips.h"
#include "training/run/assemble_model.h"
#include "training/run/gate_clips.h"
#include "training/run/machine.h"
#include "training/run/out_of_fold_clips.h"
#include "training/run/vocabulary.h"

namespace earmark {

std::string data_name(const TrainingOptions& options) {
    std::string text;
    for (const auto& folder : options.data) {
        text += (text.empty() ? "" : " + ") + std::filesystem::weakly_canonical(folder).filename().string();
    }
    if (options.fold && !options.fold->is_test_empty) {
        text += ", fold " + std::to_string(options.fold->index + 1) + " of " +
                std::to_string(options.fold->plan.fold_count);
    }
    return text;
}

Provenance provenance_of(const TrainingOptions& options) {
    Provenance provenance;
    provenance.command = options.command;
    provenance.date = today();
    provenance.license = options.license;
    return provenance;
}

namespace {

// Nothing is trained whose model could not be written at the end.
void check_model(const TrainingOptions& options, const TrainingInputs& inputs) {
    try {
        untrained_model(inputs.recipe, inputs.labels, provenance_of(options)).check_settings();
    } catch (const Error& error) {
        throw Error(ErrorCode::usage,
                    std::string("cannot build a model from this recipe and tag list: ") + error.what());
    }
}

// What a run folder knows the start of a transfer by.
std::string identity_of(const Model* start) {
    if (start == nullptr) return "";
    return start->name + ' ' + model_identity(*start);
}

Recipe recipe_of(const TrainingSources& sources, const TrainingOptions& options) {
    Recipe recipe = sources.recipe;
    recipe.seed = options.seed.value_or(recipe.seed);
    if (options.output) recipe = with_output(std::move(recipe), *options.output);
    if (sources.start == nullptr) return recipe;
    recipe.spectrogram = sources.start->spectrogram;
    recipe.networks = sources.start->architectures;
    recipe.aggregation = sources.start->aggregation;
    return recipe;
}

// Before a folder is made for a run that could not begin.
void check_splits(const Dataset& dataset) {
    const auto count = [&](const char* split) { return std::ranges::count(dataset.clips, split, &Clip::split); };
    if (count("train") > 0 && count("valid") > 0) return;
    throw Error(ErrorCode::invalid_dataset,
                dataset.manifest.string() + ": expected clips of the splits train and valid, found " +
                    std::to_string(count("train")) + " and " + std::to_string(count("valid")));
}

Dataset dataset_of(const TrainingSources& sources, const TrainingOptions& options) {
    Dataset dataset = sources.dataset;
    if (options.fold) assign_fold(dataset, options.fold->plan, options.fold->index);
    if (options.fold && options.fold->is_test_empty) {
        for (Clip& clip : dataset.clips) clip.split = clip.split == "test" ? "train" : clip.split;
    }
    check_splits(dataset);
    return dataset;
}

// A line for each tag of a list that no clip has, with the tag that was probably meant.
std::vector<std::string> notes_on_tags(const std::filesystem::path& list, const std::vector<std::string>& tags,
                                       const Dataset& dataset) {
    std::set<std::string> used;
    for (const Clip& clip : dataset.clips) used.insert(clip.labels.begin(), clip.labels.end());
    const std::vector<std::string> candidates(used.begin(), used.end());
    const auto meant = [&](const std::string& tag) {
        const auto same_name = [&](const std::string& other) { return plain_name(other) == plain_name(tag); };
        const auto place = std::ranges::find_if(candidates, same_name);
        return place != candidates.end() ? "; did you mean '" + *place + "'?" : did_you_mean(tag, candidates);
    };
    std::vector<std::string> notes;
    for (const std::string& tag : tags) {
        if (!used.contains(tag)) notes.push_back(list.string() + ": no clip has the tag '" + tag + "'" + meant(tag));
    }
    if (notes.size() == tags.size())
        throw Error(ErrorCode::invalid_dataset,
                    dataset.manifest.string() + ": has no tag of the list; " + notes.front());
    return notes;
}

// Those of the training split; the folds of a cross-validation need the same, which then are those of all clips.
std::vector<std::string> labels_in(Dataset dataset, const TrainingOptions& options) {
    if (options.fold) {
        for (Clip& clip : dataset.clips) clip.split = "train";
    }
    return labels_by_frequency(dataset, "train");
}

void report_damage(const LogMelCache& cache, TrainingListener& listener) {
    const CacheDamage& damage = cache.damage();
    if (!damage.database.empty())
        listener.warning(FileProblem{FileProblem::Kind::damaged_cache, cache.folder(), damage.database});
    if (damage.entry_count > 0) {
        const std::string entries = damage.entry_count == 1 ? " entry has" : " entries have";
        listener.warning(FileProblem{FileProblem::Kind::damaged_cache_entries, cache.folder(),
                                     std::to_string(damage.entry_count) + entries + " another checksum"});
    }
}

}  // namespace

namespace {

std::shared_ptr<const TeacherTargets> read_teachers(const Recipe& recipe, const TrainingOptions& options) {
    if (recipe.teachers.empty() && options.teachers)
        throw Error(ErrorCode::usage, options.teachers->string() + ": the recipe has no [[teachers]] to learn from");
    if (recipe.teachers.empty()) return nullptr;
    if (!options.teachers)
        throw Error(ErrorCode::usage,
                    "the recipe learns from teachers; expected --teachers with the folder of their tables");
    return std::make_shared<const TeacherTargets>(recipe.teachers, *options.teachers);
}

}  // namespace

TrainingSources read_sources(const TrainingOptions& options) {
    TrainingSources sources;
    if (options.from) sources.start = load_model(*options.from);
    sources.recipe = read_recipe(options.recipe);
    if (sources.start == nullptr) sources.teachers = read_teachers(sources.recipe, options);
    if (sources.start == nullptr && sources.recipe.networks.empty()) {
        throw Error(ErrorCode::invalid_recipe,
                    "the recipe has no networks; expected some, or a model to take them from");
    }
    std::vector<Dataset> datasets;
    for (const auto& folder : options.data) datasets.push_back(read_manifest(folder));
    sources.dataset = join_datasets(std::move(datasets));
    if (options.copies) read_copies(*options.copies, sources.dataset);
    if (options.vocabulary) sources.vocabulary = read_vocabulary(*options.vocabulary);
    if (options.tags)
        sources.tags = read_labels(*options.tags);
    else if (options.vocabulary)
        sources.tags = labels_of(sources.vocabulary);
    if (sources.tags)
        sources.notes =
            notes_on_tags(options.tags ? *options.tags : *options.vocabulary, *sources.tags, sources.dataset);
    return sources;
}

TrainingInputs training_inputs(const TrainingSources& sources, const TrainingOptions& options) {
    TrainingInputs inputs{recipe_of(sources, options),      sources.start,
                          identity_of(sources.start.get()), sources.teachers,
                          dataset_of(sources, options),     sources.tags.value_or(std::vector<std::string>())};
    if (!sources.tags) inputs.labels = labels_in(inputs.dataset, options);
    if (inputs.recipe.gate) {
        check_gate_clips(inputs.recipe.gate->not_music, inputs.dataset);
        std::erase(inputs.labels, inputs.recipe.gate->not_music);
    }
    if (inputs.labels.empty()) {
        throw Error(ErrorCode::invalid_dataset, inputs.dataset.manifest.string() +
                                                    ": expected a clip of the split train that has tags, found none");
    }
    if (options.vocabulary) inputs.vocabulary = tags_of(inputs.labels, sources.vocabulary, *options.vocabulary);
    if (needs_out_of_fold(inputs.recipe)) (void)out_of_fold_clips(learning_clips(inputs.dataset), true);
    check_model(options, inputs);
    return inputs;
}

std::optional<std::vector<ClipProblem>> decode_clips(Dataset& dataset, const SpectrogramSettings& settings,
                                                     LogMelCache& cache, std::size_t worker_count,
                                                     TrainingListener& listener) {
    listener.phase({.kind = Phase::Kind::decoding});
    std::vector<ClipProblem> problems = remove_missing(dataset);
    bool is_wanted = true;
    const auto progress = [&](std::size_t done, std::size_t all) {
        listener.progress({done, all});
        return is_wanted = !listener.stop_requested();
    };
    for (ClipProblem& problem : fill_cache(dataset, settings, cache, worker_count, progress)) {
        problems.push_back(std::move(problem));
    }
    report_damage(cache, listener);
    if (!is_wanted) return std::nullopt;
    for (const ClipProblem& problem : problems) listener.warning(problem);
    return problems;
}

}  // namespace earmark
