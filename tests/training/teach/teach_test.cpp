#include "training/teach/teach.h"

#include <gmock/gmock.h>

#include "tests/training/support/expect_error.h"
#include "tests/training/support/tiny_run.h"

namespace earmark {
namespace {

constexpr char transfer_recipe[] = R"(name = "transfer"
seed = 1

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

// A model, and examples for other tags.
class Teach : public testing::Test {
protected:
    Teach() {
        first_.options.tags = folder_.write("first.txt", "pitch---Low\n");
        first_.train();
        options_.training.from = first_.options.out / "model.earmark";
        options_.training.data = {dataset_.path()};
        options_.training.recipe = folder_.write("transfer.toml", transfer_recipe);
        options_.training.out = folder_.path() / "work";
        options_.model = folder_.path() / "taught.earmark";
        options_.training.device = DeviceChoice::cpu;
        options_.fold_count = 4;
        options_.program = EARMARK_TRAIN_PROGRAM;
    }

    TeachingOutcome teach() { return teach(listener_); }
    TeachingOutcome teach(TrainingListener& listener) const {
        return earmark::teach(options_, read_sources(options_.training), listener);
    }

    TemporaryFolder folder_;
    SyntheticDataset dataset_{30, 10, 10};
    TinyRun first_{dataset_};
    TeachingOptions options_;
    RecordingListener listener_;
};

TEST_F(Teach, writes_a_model_of_the_new_tags_with_its_scores) {
    const TeachingOutcome outcome = teach();
    ASSERT_TRUE(outcome.finished);
    EXPECT_EQ(outcome.clip_count, 50U);
    EXPECT_FALSE(outcome.by_artist);
    ASSERT_EQ(outcome.labels.size(), 3U);
    EXPECT_GT(outcome.metrics.roc_auc.value.value(), 0.8);
    const Model model = read_model(options_.model);
    EXPECT_EQ(model.tags.size(), 3U);
    ASSERT_FALSE(model.provenance.scores.empty());
    EXPECT_EQ(model.provenance.scores[0].split, "cross-validation with 4 folds");
    EXPECT_EQ(model.provenance.scores[0].value, outcome.metrics.roc_auc.value);
}

TEST_F(Teach, counts_examples_and_doubts_scores_of_few) {
    const SyntheticDataset few(8, 2, 2);
    options_.training.data = {few.path()};
    options_.fold_count = 3;
    const TeachingOutcome outcome = teach();
    ASSERT_FALSE(outcome.labels.empty());
    for (const TaughtLabel& label : outcome.labels) {
        EXPECT_LT(label.example_count, 10U);
        EXPECT_EQ(label.doubt, "fewer than 10 examples");
    }
}

TEST_F(Teach, from_too_few_clips_is_an_error_that_names_what_the_user_named) {
    const SyntheticDataset few(4, 1, 1);
    options_.training.data = {few.path()};
    options_.source = "music/mine";
    EXPECT_EQ(error_of(ErrorCode::invalid_dataset, [&] { teach(); }), "music/mine: expected at least 8 clips, found 6");
}

TEST_F(Teach, finds_out_first_that_its_model_cannot_be_written) {
    options_.model = folder_.path() / "none" / "taught.earmark";
    EXPECT_THAT(error_of(ErrorCode::unwritable, [&] { teach(); }),
                testing::StartsWith(options_.model.string() + ": cannot be written"));
    options_.model = folder_.path();
    EXPECT_THAT(error_of(ErrorCode::unwritable, [&] { teach(); }), testing::HasSubstr("is a folder"));
    EXPECT_THAT(listener_.epochs, testing::IsEmpty());
}

TEST_F(Teach, that_is_stopped_writes_no_model) {
    RecordingListener stopping([](const RecordingListener& listener) { return listener.epochs.size() > 3; });
    EXPECT_FALSE(teach(stopping).finished);
    EXPECT_FALSE(std::filesystem::exists(options_.model));
}

TEST_F(Teach, recipe_without_networks_needs_a_model_to_take_them_from) {
    TinyRun run(dataset_, transfer_recipe);
    EXPECT_THAT(error_of(ErrorCode::invalid_recipe, [&] { run.train(); }), testing::HasSubstr("has no networks"));
}

}  // namespace
}  // namespace earmark
