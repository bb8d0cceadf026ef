#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>

#include "tests/training/support/tiny_run.h"
#include "training/run/predictions.h"
#include "training/run/run_folder.h"

namespace earmark {
namespace {

/// The tiny recipe with more keys in its tables.
std::string recipe_with(const std::string& learning, const std::string& augmentation = "",
                        const std::string& classifier = "") {
    std::string text = tiny_recipe_with("[aggregation]", learning + "\n[aggregation]");
    if (!augmentation.empty())
        text = with(text, "[aggregation]", "[augmentation]\n" + augmentation + "\n[aggregation]");
    return text + classifier + "\n";
}

std::string cosine_recipe(const std::string& more) {
    std::string text = tiny_recipe_text;
    text = with(text, "learning_rate_divisor = 5.0\nlearning_rate_reductions = 1\npatience_epochs = 1\n\n[aggregation]",
                "schedule = \"cosine\"\nepochs = 6\nwarm_up_epochs = 1\n" + more + "\n[aggregation]");
    return text;
}

// What two classifiers predict together. One that is sure counts as if it left a doubt of 1e-7.
double late_fusion(double first, double second) {
    const auto log_odds = [](double probability) {
        const double doubtful = std::clamp(probability, 1e-7, 1.0 - 1e-7);
        return std::log(doubtful / (1.0 - doubtful));
    };
    return 1.0 / (1.0 + std::exp(-(log_odds(first) + log_odds(second)) / 2.0));
}

std::vector<float> numbers(const Predictions& predictions) {
    const auto values = predictions.probabilities.values();
    return {values.begin(), values.end()};
}

RecordingListener::StopWhen after_an_epoch_of(const TaskId& task) {
    return [task](const RecordingListener& listener) {
        return !listener.epochs.empty() && listener.epochs.back().task == task;
    };
}

class LearningOptions : public testing::Test {
protected:
    static Predictions predictions(const TinyRun& run, const ConfigurationId& id) {
        return RunFolder(run.options.out).predictions(id);
    }

    void expect_learns(const std::string& recipe) {
        TinyRun run(dataset_, recipe);
        const TrainingOutcome outcome = run.train();
        ASSERT_TRUE(outcome.finished);
        for (const EpochReport& epoch : run.listener.epochs) EXPECT_TRUE(std::isfinite(epoch.loss));
        EXPECT_GT(outcome.results.back().test.roc_auc.value(), 0.85);
    }

    static bool after_two_epochs(const RecordingListener& listener) { return listener.epochs.size() == 2; }

    void expect_the_same_after_a_stop(const std::string& recipe,
                                      const RecordingListener::StopWhen& stop_when = after_two_epochs) {
        TinyRun whole(dataset_, recipe);
        whole.train();
        TinyRun stopped(dataset_, recipe);
        stopped.train(stop_when);
        ASSERT_TRUE(stopped.train().finished);
        EXPECT_EQ(stopped.model_bytes_without_date(), whole.model_bytes_without_date());
    }

    SyntheticDataset dataset_{28, 14, 14};
};

TEST_F(LearningOptions, cosine_schedule_runs_its_epochs) {
    TinyRun run(dataset_, cosine_recipe(""));
    run.train();
    int count = 0;
    for (const EpochReport& epoch : run.listener.epochs) count += epoch.task == local_network_task(9) ? 1 : 0;
    EXPECT_EQ(count, 6);
}

TEST_F(LearningOptions, last_weights_may_be_kept_instead_of_the_best) {
    TinyRun last(dataset_, cosine_recipe("keep = \"last\""));
    last.train();
    std::vector<bool> kept;
    for (const EpochReport& epoch : last.listener.epochs) {
        if (epoch.task == local_network_task(9)) kept.push_back(epoch.is_kept);
    }
    EXPECT_THAT(kept, testing::ElementsAre(false, false, false, false, false, true));
}

TEST_F(LearningOptions, adamw_learns) {
    expect_learns(tiny_recipe_with("optimizer = \"sgd\"\nlearning_rate = 0.1\nmomentum = 0.9",
                                   "optimizer = \"adamw\"\nlearning_rate = 0.01\nweight_decay = 0.01"));
}

TEST_F(LearningOptions, mixup_smoothing_and_averaged_weights_learn) {
    expect_learns(cosine_recipe("mixup = 0.2\nlabel_smoothing = 0.1\nweight_average_decay = 0.9"));
}

TEST_F(LearningOptions, augmentation_learns) {
    expect_learns(recipe_with("",
                              "random_positions = true\ngain_db = 3\nequalizer_db = 3\nshifted_bands = 0.5\n"
                              "stretch = 0.1\nmasked_bands = 2\nmasked_frames = 2"));
}

TEST_F(LearningOptions, deviations_across_segments_learn) {
    expect_learns(tiny_recipe_with("\"mean\"", "\"mean and deviation\""));
}

TEST_F(LearningOptions, deviations_belong_to_their_levels) {
    TinyRun means(dataset_);
    TinyRun deviations(dataset_, tiny_recipe_with("\"mean\"", "\"mean and deviation\""));
    means.options.configurations.whole_study = true;
    deviations.options.configurations.whole_study = true;
    const auto without = means.train().results;
    const auto with = deviations.train().results;
    ASSERT_EQ(with.size(), without.size());
    for (std::size_t i = 0; i < with.size(); ++i) {
        const ConfigurationId& id = with[i].id;
        EXPECT_EQ(with[i].feature_count, without[i].feature_count * (has_levels(id) ? 2 : 1)) << to_string(id);
    }
}

TEST_F(LearningOptions, input_dropout_learns) { expect_learns(recipe_with("", "", "input_dropout = 0.2")); }

TEST_F(LearningOptions, input_dropout_changes_what_is_learned) {
    TinyRun plain(dataset_);
    TinyRun dropping(dataset_, recipe_with("", "", "input_dropout = 0.2"));
    plain.train();
    dropping.train();
    EXPECT_NE(plain.model_bytes_without_date(), dropping.model_bytes_without_date());
}

TEST_F(LearningOptions, late_fusion_learns) { expect_learns(recipe_with("", "", "fusion = \"late\"")); }

TEST_F(LearningOptions, late_fusion_predicts_the_mean_of_what_the_scales_predict) {
    TinyRun early(dataset_);
    TinyRun late(dataset_, recipe_with("", "", "fusion = \"late\""));
    early.train();
    const auto results = late.train().results;
    EXPECT_EQ(results.back().id, whole_method_id);
    EXPECT_EQ(results.back().feature_count, 28U);
    const Predictions small = predictions(late, all_levels_id({9}));
    const Predictions large = predictions(late, all_levels_id({18}));
    const Predictions both = predictions(late, whole_method_id);
    EXPECT_EQ(numbers(small), numbers(predictions(early, all_levels_id({9}))));
    EXPECT_EQ(numbers(large), numbers(predictions(early, all_levels_id({18}))));
    ASSERT_EQ(both.paths.size(), 28U);
    for (std::size_t i = 0; i < both.probabilities.values().size(); ++i) {
        EXPECT_NEAR(both.probabilities.values()[i],
                    late_fusion(small.probabilities.values()[i], large.probabilities.values()[i]), 1e-3);
    }
}

TEST_F(LearningOptions, late_fusion_goes_on_after_a_stop_as_if_there_was_none) {
    expect_the_same_after_a_stop(recipe_with("", "", "fusion = \"late\""),
                                 after_an_epoch_of(classifier_task(all_levels_id({18}))));
}

TEST_F(LearningOptions, late_fusion_of_the_model_alone_is_that_of_a_study) {
    TinyRun whole(dataset_, recipe_with("", "", "fusion = \"late\""));
    TinyRun alone(dataset_, recipe_with("", "", "fusion = \"late\""));
    whole.options.configurations.whole_study = true;
    alone.options.configurations.only_the_model = true;
    whole.train();
    alone.train();
    EXPECT_EQ(alone.model_bytes_without_date(), whole.model_bytes_without_date());
}

TEST_F(LearningOptions, augmented_copies_learn) {
    expect_learns(recipe_with("", "gain_db = 3\nrandom_positions = true", "augmented_copies = 2"));
}

TEST_F(LearningOptions, augmented_copies_are_of_step_3_alone) {
    TinyRun plain(dataset_, recipe_with("", "gain_db = 3"));
    TinyRun copied(dataset_, recipe_with("", "gain_db = 3", "augmented_copies = 2"));
    const Model without = read_model(plain.train().model);
    const Model with = read_model(copied.train().model);
    EXPECT_EQ(with.networks.front().dense.weights, without.networks.front().dense.weights);
    EXPECT_NE(with.classifier.layers.front().weights, without.classifier.layers.front().weights);
}

TEST_F(LearningOptions, augmented_copies_go_on_after_a_stop_as_if_there_was_none) {
    expect_the_same_after_a_stop(recipe_with("", "stretch = 0.1\nrandom_positions = true", "augmented_copies = 2"),
                                 after_an_epoch_of(classifier_task(whole_method_id)));
}

TEST_F(LearningOptions, averaged_weights_go_on_after_a_stop_as_if_there_was_none) {
    expect_the_same_after_a_stop(cosine_recipe("weight_average_decay = 0.9\nmixup = 0.3"));
}

TEST_F(LearningOptions, augmentation_goes_on_after_a_stop_as_if_there_was_none) {
    expect_the_same_after_a_stop(recipe_with("", "random_positions = true\ngain_db = 3\nmasked_bands = 2"));
}

TEST_F(LearningOptions, random_positions_change_what_is_learned) {
    TinyRun plain(dataset_);
    TinyRun random(dataset_, recipe_with("", "random_positions = true"));
    plain.train();
    random.train();
    EXPECT_NE(plain.model_bytes_without_date(), random.model_bytes_without_date());
}

}  // namespace
}  // namespace earmark
