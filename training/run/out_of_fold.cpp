#include "training/run/out_of_fold.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "training/classification/classification.h"
#include "training/classification/late_fusion.h"
#include "training/features/columns.h"
#include "training/run/out_of_fold_clips.h"

namespace earmark {
namespace {

/// Passes on only warnings and the wish to stop: the epochs of the folds are no learning curves of the run.
class QuietListener : public TrainingListener {
public:
    explicit QuietListener(TrainingListener& listener) : listener_(listener) {}
    void warning(const Warning& warning) override { listener_.warning(warning); }
    bool stop_requested() override { return listener_.stop_requested(); }

private:
    TrainingListener& listener_;
};

// The clips of the training split, then those of the validation split.
std::vector<TrainingClip> all_clips(const TrainingClips& clips) {
    std::vector<TrainingClip> all = clips.train;
    all.insert(all.end(), clips.valid.begin(), clips.valid.end());
    return all;
}

std::vector<TrainingClip> chosen_clips(const std::vector<TrainingClip>& clips, const std::vector<std::size_t>& chosen) {
    std::vector<TrainingClip> result;
    result.reserve(chosen.size());
    for (const std::size_t clip : chosen) result.push_back(clips[clip]);
    return result;
}

/// The embeddings of all clips. A validation clip has no augmented copies; its own embedding takes their place.
class Embeddings {
public:
    Embeddings(const SplitFeatures& features, std::size_t train_count)
        : features_(features), train_count_(train_count), copy_count_(features.train.row_count() / train_count) {}

    /// The embedding of each clip, and one of a copy of it.
    std::size_t copy_count() const { return copy_count_; }

    Matrix rows(const std::vector<std::size_t>& clips, std::size_t copy_count) const {
        Matrix chosen(clips.size() * copy_count, features_.train.column_count());
        for (std::size_t copy = 0; copy < copy_count; ++copy) {
            for (std::size_t i = 0; i < clips.size(); ++i)
                std::ranges::copy(row(clips[i], copy), chosen.row(copy * clips.size() + i).begin());
        }
        return chosen;
    }

private:
    std::span<const float> row(std::size_t clip, std::size_t copy) const {
        return clip < train_count_ ? features_.train.row(copy * train_count_ + clip)
                                   : features_.valid.row(clip - train_count_);
    }

    const SplitFeatures& features_;
    std::size_t train_count_;
    std::size_t copy_count_;
};

std::vector<const Configuration*> members_of(const std::vector<Configuration>& all) {
    const Configuration& last = all.back();
    if (last.members.empty()) return {&last};
    std::vector<const Configuration*> members;
    for (const ConfigurationId& id : last.members) members.push_back(&*std::ranges::find(all, id, &Configuration::id));
    return members;
}

/// The cross-validation, and what it works on.
class CrossValidation {
public:
    CrossValidation(const Recipe& recipe, const std::vector<Configuration>& all, const TrainingClips& clips,
                    const Compute& compute, const FoldCheckpoint& checkpoint, TrainingListener& listener)
        : recipe_(recipe),
          members_(members_of(all)),
          train_count_(clips.train.size()),
          clips_(all_clips(clips)),
          compute_(compute),
          checkpoint_(checkpoint),
          listener_(listener) {}

    std::optional<OutOfFold> run(const std::vector<FoldClips>& folds) {
        OutOfFold result{Matrix(clips_.size(), clips_.front().targets.size()), {}};
        for (std::size_t fold = 0; fold < folds.size(); ++fold) {
            if (!predict(fold, folds[fold], result.probabilities)) return std::nullopt;
            listener_.progress({fold + 1, folds.size()});
        }
        result.clips = std::move(clips_);
        return result;
    }

private:
    // Fills the rows of the clips that are held out; false when the listener asked to stop.
    bool predict(std::size_t fold, const FoldClips& chosen, Matrix& probabilities) {
        std::vector<ClassifierWeights> classifiers;
        std::vector<Matrix> held_out;
        for (const Configuration* member : members_) {
            const Embeddings embeddings(member->features, train_count_);
            auto weights = learn(fold, chosen, *member, embeddings);
            if (!weights) return false;
            classifiers.push_back(std::move(*weights));
            held_out.push_back(embeddings.rows(chosen.held_out, 1));
        }
        std::vector<const Matrix*> inputs;
        for (const Matrix& matrix : held_out) inputs.push_back(&matrix);
        Classifier classifier(classifiers.size() == 1 ? classifiers.front() : joined_classifier(classifiers));
        const Matrix predicted = classifier.probabilities(side_by_side(inputs));
        for (std::size_t i = 0; i < chosen.held_out.size(); ++i)
            std::ranges::copy(predicted.row(i), probabilities.row(chosen.held_out[i]).begin());
        return true;
    }

    std::optional<ClassifierWeights> learn(std::size_t fold, const FoldClips& chosen, const Configuration& member,
                                           const Embeddings& embeddings) {
        TrainingClips clips;
        clips.train = chosen_clips(clips_, chosen.train);
        clips.valid = chosen_clips(clips_, chosen.valid);
        const SplitFeatures features{
            embeddings.rows(chosen.train, embeddings.copy_count()), embeddings.rows(chosen.valid, 1), {}};
        QuietListener quiet(listener_);
        return learn_classifier({TaskId::Kind::classifier, 0, member.id}, recipe_, member.hidden_units, features, clips,
                                compute_, checkpoint_(member.id, fold), quiet);
    }

    const Recipe& recipe_;
    std::vector<const Configuration*> members_;
    std::size_t train_count_;
    std::vector<TrainingClip> clips_;
    const Compute& compute_;
    const FoldCheckpoint& checkpoint_;
    TrainingListener& listener_;
};

}  // namespace

std::optional<OutOfFold> predict_out_of_fold(const Recipe& recipe, const std::vector<Configuration>& all,
                                             const TrainingClips& clips, const Dataset& dataset, const Compute& compute,
                                             const FoldCheckpoint& checkpoint, TrainingListener& listener) {
    assert(dataset.clips.size() == clips.train.size() + clips.valid.size());
    const bool is_validated = recipe.classifier.kept != KeptWeights::last;
    return CrossValidation(recipe, all, clips, compute, checkpoint, listener)
        .run(out_of_fold_clips(dataset, is_validated));
}

}  // namespace earmark
