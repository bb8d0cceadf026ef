#include <gmock/gmock.h>

#include "tests/training/support/expect_error.h"
#include "tests/training/support/tiny_run.h"

namespace earmark {
namespace {

// A model of one label, and what is learned from it for others.
class Transfer : public testing::Test {
protected:
    Transfer() {
        first_.options.tags = folder_.write("first.txt", "pitch---Low\n");
        first_.train();
        second_.options.tags = folder_.write("second.txt", "pitch---High\ninstrument---Noise\n");
        second_.options.from = first_.options.out / "model.earmark";
    }

    TemporaryFolder folder_;
    SyntheticDataset dataset_{28, 14, 14};
    TinyRun first_{dataset_};
    TinyRun second_{dataset_};
};

TEST_F(Transfer, keeps_networks_and_normalization_and_learns_other_tags) {
    const TrainingOutcome outcome = second_.train();
    ASSERT_TRUE(outcome.finished);
    EXPECT_GT(outcome.results.back().test.roc_auc.value(), 0.8);
    const Model start = read_model(*second_.options.from);
    const Model model = read_model(outcome.model);
    ASSERT_EQ(model.tags.size(), 2U);
    EXPECT_EQ(model.tags[0].label, "pitch---High");
    EXPECT_EQ(model.normalization.mean, start.normalization.mean);
    for (std::size_t i = 0; i < start.networks.size(); ++i) {
        EXPECT_EQ(model.networks[i].convolutions[0].weights, start.networks[i].convolutions[0].weights);
        EXPECT_EQ(model.networks[i].dense.weights, start.networks[i].dense.weights);
        EXPECT_EQ(model.networks[i].output.biases.size(), 2U);
    }
}

TEST_F(Transfer, may_fuse_the_scales_late) {
    second_.options.recipe = folder_.write("late.toml", std::string(tiny_recipe_text) + "fusion = \"late\"\n");
    second_.options.configurations.only_the_model = true;
    const TrainingOutcome outcome = second_.train();
    ASSERT_TRUE(outcome.finished);
    EXPECT_GT(outcome.results.back().test.roc_auc.value(), 0.8);
    const Model model = read_model(outcome.model);
    ASSERT_EQ(model.classifier.members.size(), 2U);
    EXPECT_EQ(model.classifier.members[0].input_count, 14U);
    EXPECT_EQ(model.classifier.members[1].layers.front().biases.size(), 12U);
}

TEST_F(Transfer, learns_the_outputs_of_the_local_models) {
    const TrainingOutcome outcome = second_.train();
    EXPECT_EQ(outcome.results[2].id, local_model_id());
    EXPECT_GT(outcome.results[2].test.roc_auc.value(), 0.75);
}

TEST_F(Transfer, trains_no_network) {
    second_.train();
    for (const EpochReport& epoch : second_.listener.epochs) {
        EXPECT_NE(epoch.task.kind, TaskId::Kind::local_network);
    }
}

TEST_F(Transfer, goes_on_only_from_the_model_that_it_started_from) {
    second_.train();
    const std::filesystem::path other = folder_.path() / "other.earmark";
    Model model = read_model(*second_.options.from);
    model.networks[0].dense.biases[0] += 1.0F;
    write_model(model, other);
    second_.options.from = other;
    EXPECT_THAT(error_of(ErrorCode::usage, [&] { second_.train(); }),
                testing::HasSubstr("another model to start from"));
}

TEST_F(Transfer, from_a_file_that_is_no_model_is_an_error_before_anything_is_written) {
    second_.options.from = folder_.write("no.earmark", "nothing");
    error_of(ErrorCode::invalid_model, [&] { second_.train(); });
    EXPECT_FALSE(std::filesystem::exists(second_.options.out));
}

}  // namespace
}  // namespace earmark
