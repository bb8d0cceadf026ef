#include "training/teach/teach.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/leftover_files.h"
#include "base/write_file.h"
#include "datasets/manifest/dataset.h"
#include "earmark/error.h"
#include "earmark/model.h"
#include "evaluation/score.h"
#include "metrics/f1.h"
#include "metrics/truth.h"
#include "training/run/run_folder.h"
#include "training/study/study.h"
#include "training/study/study_rows.h"
#include "training/study/train_in_processes.h"

namespace earmark {
namespace {

constexpr std::size_t few_examples = 10;
constexpr double wide_interval = 0.3;
constexpr float threshold_without_positives = 0.5F;

std::size_t artist_count(const Dataset& dataset) {
    std::set<std::string> artists;
    for (const Clip& clip : dataset.clips) artists.insert(plain_artist(clip.artist));
    artists.erase("");
    return artists.size();
}

std::size_t clips_without_artist(const Dataset& dataset) {
    return static_cast<std::size_t>(
        std::ranges::count_if(dataset.clips, [](const Clip& clip) { return plain_artist(clip.artist).empty(); }));
}

void check_examples(const Dataset& dataset, const std::filesystem::path& source, std::size_t fold_count) {
    const std::vector<std::string> labels = [&] {
        std::set<std::string> all;
        for (const Clip& clip : dataset.clips) all.insert(clip.labels.begin(), clip.labels.end());
        return std::vector<std::string>(all.begin(), all.end());
    }();
    const auto has_none = [](const Clip& clip) { return clip.labels.empty(); };
    if (labels.empty() || (labels.size() == 1 && std::ranges::none_of(dataset.clips, has_none))) {
        throw Error(ErrorCode::invalid_dataset,
                    source.string() + ": expected at least two tags, or one tag and clips without it");
    }
    if (dataset.clips.size() < 2 * fold_count) {
        throw Error(ErrorCode::invalid_dataset, source.string() + ": expected at least " +
                                                    std::to_string(2 * fold_count) + " clips, found " +
                                                    std::to_string(dataset.clips.size()));
    }
}

StudyOptions cross_validation(const TeachingOptions& options, bool by_artist) {
    StudyOptions study{
        .training = options.training, .seeds = {}, .fold_count = options.fold_count, .by_artist = by_artist};
    study.seeds = {options.training.seed.value_or(1)};
    study.training.configurations.only_the_model = true;
    study.program = options.program;
    return study;
}

std::vector<float> column(const Matrix& matrix, std::size_t index) {
    std::vector<float> values(matrix.row_count());
    for (std::size_t row = 0; row < values.size(); ++row) values[row] = matrix(row, index);
    return values;
}

std::string doubt_of(const TaughtLabel& label) {
    const StudyMetric& roc_auc = label.roc_auc;
    if (label.different_count < few_examples) {
        return "fewer than " + std::to_string(few_examples) +
               (label.different_count < label.example_count ? " examples, copies counted once" : " examples");
    }
    if (!roc_auc.interval) return "too few examples for a reliable score";
    const double width = roc_auc.interval->high - roc_auc.interval->low;
    if (width > wide_interval) return "too few examples for a reliable score";
    return width > 0.0 ? "" : "too few examples for an interval";
}

class Teaching {
public:
    Teaching(const TeachingOptions& options, const TrainingSources& sources, TrainingListener& listener)
        : options_(options), sources_(sources), listener_(listener) {
        const Dataset& dataset = sources.dataset;
        remove_leftover_files_of(options.model);
        check_writable(options.model);
        check_examples(dataset, options.source, options.fold_count);
        outcome_.by_artist = artist_count(dataset) >= options.fold_count;
        outcome_.without_artist_count = clips_without_artist(dataset);
    }

    TeachingOutcome run() {
        const StudyOptions study = cross_validation(options_, outcome_.by_artist);
        StudyOutcome validated = run_study(study, sources_, listener_);
        if (!validated.finished) return outcome_;
        outcome_.problems = std::move(validated.problems);
        scores_ = read_study(study.training.out, study.seeds, options_.fold_count);
        set_metrics();

        TrainingOptions all = study.training;
        all.out = study.training.out / "all";
        all.cache = study.training.out / "log-mel";
        all.copies = copies_file(study.training.out);
        all.audio_record = audio_record(study.training.out);
        all.seed = study.seeds.front();
        all.fold = Fold{{options_.fold_count, outcome_.by_artist, study.seeds.front()}, 0, /*is_test_empty=*/true};
        if (!train_in_processes({{all, std::nullopt}}, 1, options_.program, listener_)) return outcome_;
        write_taught(RunFolder(all.out).model());
        outcome_.finished = true;
        return outcome_;
    }

private:
    const Matrix& probabilities() const {
        return scores_.configurations[place_of_whole_method(scores_)].probabilities.front();
    }

    void set_metrics() {
        const StudyMetrics metrics =
            study_metrics(scores_, {.by_artist = outcome_.by_artist, .thread_count = options_.training.worker_count});
        outcome_.metrics = metrics.configurations[place_of_whole_method(scores_)];
        outcome_.output = scores_.output;
        outcome_.clip_count = scores_.clips.size();
        const std::vector<std::size_t> counts = positive_counts(scores_);
        for (std::size_t i = 0; i < scores_.labels.size(); ++i) {
            TaughtLabel label{scores_.labels[i], counts[i], different_examples(i), outcome_.metrics.tags[i], "", false};
            label.doubt = doubt_of(label);
            outcome_.labels.push_back(std::move(label));
        }
        set_confusion();
    }

    std::size_t different_examples(std::size_t label) const {
        const std::vector<std::size_t> groups = drawn_groups(scores_.clips, /*by_artist=*/false);
        std::set<std::size_t> found;
        for (std::size_t clip = 0; clip < groups.size(); ++clip) {
            if (truth_of_target(scores_.clips[clip].targets[label]) == Truth::present) found.insert(groups[clip]);
        }
        return found.size();
    }

    // With thresholds, the one that is best for a tag lets one clip pass at least.
    void set_confusion() {
        if (scores_.output != OutputKind::softmax) return;
        const std::size_t count = scores_.labels.size();
        outcome_.confusion =
            classification_report(count, clip_rows(probabilities()), target_rows(scores_.clips)).confusion();
        for (std::size_t predicted = 0; predicted < count; ++predicted) {
            std::size_t clips = 0;
            for (std::size_t truth = 0; truth < count; ++truth) clips += outcome_.confusion->count(truth, predicted);
            outcome_.labels[predicted].is_never_predicted = clips == 0;
        }
    }

    // From clips that the classifier of their fold had not seen. With softmax there are no thresholds.
    void set_thresholds(Model& model) const {
        if (model.classifier.output == OutputKind::softmax) return;
        for (Tag& tag : model.tags) {
            const auto place = std::ranges::find(scores_.labels, tag.label) - scores_.labels.begin();
            const auto label = static_cast<std::size_t>(place);
            std::vector<float> truths;
            for (const ScoredClip& clip : scores_.clips) truths.push_back(clip.targets[label]);
            tag.threshold =
                best_f1_threshold(column(probabilities(), label), truths).value_or(threshold_without_positives);
        }
    }

    void write_taught(Model model) const {
        model.name = options_.model.stem().string();
        set_thresholds(model);
        model.provenance.scores.clear();
        const std::string split = "cross-validation with " + std::to_string(options_.fold_count) + " folds";
        const auto add = [&](const std::string& name, const StudyMetric& metric) {
            if (metric.value) model.provenance.scores.push_back({name, split, *metric.value});
        };
        add("roc_auc", outcome_.metrics.roc_auc);
        add("average_precision", outcome_.metrics.average_precision);
        add("accuracy", outcome_.metrics.accuracy);
        add("balanced_accuracy", outcome_.metrics.balanced_accuracy);
        write_model(model, options_.model);
    }

    const TeachingOptions& options_;
    const TrainingSources& sources_;
    TrainingListener& listener_;
    StudyScores scores_;
    TeachingOutcome outcome_;
};

}  // namespace

TeachingOutcome teach(const TeachingOptions& options, const TrainingSources& sources, TrainingListener& listener) {
    return Teaching(options, sources, listener).run();
}

}  // namespace earmark
