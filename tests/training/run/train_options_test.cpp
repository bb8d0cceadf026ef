#include <gmock/gmock.h>

#include <cmath>

#include "tests/training/support/expect_error.h"
#include "tests/training/support/tiny_run.h"

namespace earmark {
namespace {

class TrainOptions : public testing::Test {
protected:
    SyntheticDataset dataset_{21, 7, 7};
};

TEST_F(TrainOptions, tags_choose_and_order_the_tags_of_the_model) {
    const TemporaryFolder folder;
    TinyRun run(dataset_);
    run.options.tags = folder.write("tags.txt", "pitch---High\npitch---Low\n");
    const Model model = read_model(run.train().model);
    ASSERT_EQ(model.tags.size(), 2U);
    EXPECT_EQ(model.tags[0].label, "pitch---High");
    EXPECT_EQ(model.tags[1].label, "pitch---Low");
}

TEST_F(TrainOptions, without_tags_take_all_of_the_training_split) {
    TinyRun run(dataset_);
    const Model model = read_model(run.train().model);
    std::vector<std::string> labels;
    for (const Tag& tag : model.tags) labels.push_back(tag.label);
    EXPECT_THAT(labels, testing::ElementsAre("instrument---Noise", "pitch---High", "pitch---Low"));
}

TEST_F(TrainOptions, cache_may_be_shared_by_runs_and_is_filled_once) {
    const TemporaryFolder cache;
    TinyRun first(dataset_);
    TinyRun second(dataset_);
    first.options.cache = cache.path();
    second.options.cache = cache.path();
    first.train();
    const auto size = std::filesystem::file_size(cache.path() / "data.mdb");
    second.train();
    EXPECT_EQ(std::filesystem::file_size(cache.path() / "data.mdb"), size);
    EXPECT_FALSE(std::filesystem::exists(first.options.out / "log-mel"));
    EXPECT_EQ(first.model_bytes_without_date(), second.model_bytes_without_date());
}

TEST_F(TrainOptions, workers_may_be_several) {
    TinyRun run(dataset_);
    run.options.worker_count = 3;
    const TrainingOutcome outcome = run.train();
    EXPECT_GT(outcome.results.back().valid.roc_auc.value(), 0.8);
}

TEST_F(TrainOptions, bfloat16_loses_little_against_float32) {
    const auto first_epoch = [](const RecordingListener& listener) { return !listener.epochs.empty(); };
    TinyRun exact(dataset_);
    exact.options.precision = Precision::float32;
    exact.train(first_epoch);
    TinyRun rounded(dataset_);
    rounded.options.precision = Precision::bfloat16;
    rounded.train(first_epoch);
    const EpochReport& expected = exact.listener.epochs.front();
    const EpochReport& report = rounded.listener.epochs.front();
    EXPECT_NEAR(report.loss, expected.loss, 0.03 * expected.loss);
    EXPECT_NE(report.loss, expected.loss) << "nothing was computed with fewer bits";
}

TEST_F(TrainOptions, bfloat16_learns_as_well) {
    TinyRun run(dataset_);
    run.options.precision = Precision::bfloat16;
    const TrainingOutcome outcome = run.train();
    EXPECT_GT(outcome.results.back().valid.roc_auc.value(), 0.9);
}

TEST_F(TrainOptions, a_data_set_without_test_split_gives_no_test_metrics) {
    const SyntheticDataset without_test(14, 7, 0);
    TinyRun run(without_test);
    const TrainingOutcome outcome = run.train();
    ASSERT_TRUE(outcome.finished);
    for (const ConfigurationResult& result : outcome.results) {
        EXPECT_TRUE(result.valid.roc_auc.has_value()) << to_string(result.id);
        EXPECT_FALSE(result.test.roc_auc.has_value()) << to_string(result.id);
    }
    for (const Score& score : read_model(outcome.model).provenance.scores) EXPECT_EQ(score.split, "valid");
}

TEST_F(TrainOptions, a_recipe_may_ask_for_softmax) {
    TinyRun run(dataset_, tiny_recipe_with("\"sigmoid\"", "\"softmax\""));
    const Model model = read_model(run.train().model);
    EXPECT_EQ(model.classifier.output, OutputKind::softmax);
    double sum = 0.0;
    for (const float probability : model.self_test.probabilities) sum += probability;
    EXPECT_NEAR(sum, 1.0, 1e-5);
    EXPECT_THAT(run.text("model-card.md"), testing::Not(testing::HasSubstr("threshold")));
}

TEST_F(TrainOptions, an_output_takes_the_place_of_the_recipes) {
    TinyRun run(dataset_);
    run.options.output = OutputKind::softmax;
    EXPECT_EQ(read_model(run.train().model).classifier.output, OutputKind::softmax);
    EXPECT_EQ(read_recipe(run.options.out / "recipe.toml").output, OutputKind::softmax);
    run.options.output = std::nullopt;
    EXPECT_THAT(error_of(ErrorCode::usage, [&] { run.train(); }), testing::HasSubstr("another recipe"));
}

}  // namespace
}  // namespace earmark
