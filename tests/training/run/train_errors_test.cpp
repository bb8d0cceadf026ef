#include <gmock/gmock.h>

#include "tests/training/support/expect_error.h"
#include "tests/training/support/tiny_run.h"

namespace earmark {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

class TrainError : public testing::Test {
protected:
    static std::string error(ErrorCode code, TinyRun& run) {
        return error_of(code, [&] { run.train(); });
    }

    std::string manifest() const { return (dataset_.path() / "manifest.tsv").string(); }

    SyntheticDataset dataset_{14, 7, 7};
    TemporaryFolder folder_;
};

// Many layers without batch normalization grow without bound.
std::string exploding_recipe() {
    const std::string deep = tiny_recipe_with("hidden_units = [12]", "hidden_units = [64, 64, 64, 64, 64]");
    return with(deep, "optimizer = \"adam\"\nlearning_rate = 0.05",
                "optimizer = \"sgd\"\nmomentum = 0.9\nlearning_rate = 100.0");
}

TEST_F(TrainError, of_a_learning_rate_that_is_too_large_names_task_and_field_and_keeps_what_was_written) {
    TinyRun run(dataset_, exploding_recipe());
    EXPECT_THAT(error(ErrorCode::invalid_recipe, run),
                AllOf(StartsWith("classifier, mel mean and deviation: the "), HasSubstr("loss is not a number"),
                      EndsWith("expected a smaller learning_rate")));
    EXPECT_TRUE(std::filesystem::exists(run.options.out / "checkpoints" / "local-network-18.pt"));
    EXPECT_THAT(run.text("log.jsonl"), HasSubstr("\"task\":{\"kind\":\"local_network\",\"segment_frames\":18}"));
    EXPECT_FALSE(std::filesystem::exists(run.options.out / "model.earmark"));
}

TEST_F(TrainError, of_clips_is_a_warning_each_and_the_others_are_trained_on) {
    std::filesystem::remove(dataset_.clip(1));
    std::ofstream(dataset_.clip(9)) << "this is no music";
    TinyRun run(dataset_);
    const TrainingOutcome outcome = run.train();
    EXPECT_TRUE(outcome.finished);
    ASSERT_EQ(outcome.problems.size(), 2U);
    EXPECT_THAT(to_string(outcome.problems[0]), StartsWith(manifest() + ":3: "));
    EXPECT_THAT(to_string(outcome.problems[1]), StartsWith(manifest() + ":11: "));
    EXPECT_THAT(run.listener.warnings,
                testing::ElementsAre(Warning(outcome.problems[0]), Warning(outcome.problems[1])));
    EXPECT_THAT(run.text("model-card.md"), HasSubstr("12 clips train, 7 valid, 7 test"));
}

TEST_F(TrainError, of_no_tags_in_the_training_split_names_the_manifest) {
    std::ofstream(manifest()) << "path\tsplit\ttags\nclip-0.wav\ttrain\t\nclip-1.wav\tvalid\tpitch---Low\n";
    TinyRun run(dataset_);
    EXPECT_THAT(error(ErrorCode::invalid_dataset, run),
                StartsWith(manifest() + ": expected a clip of the split train"));
}

TEST_F(TrainError, of_a_list_without_any_tag_of_a_clip_names_the_one_that_was_meant) {
    TinyRun run(dataset_);
    run.options.tags = folder_.write("tags.txt", "Low\nSad\n");
    EXPECT_EQ(error(ErrorCode::invalid_dataset, run), manifest() + ": has no tag of the list; " +
                                                          run.options.tags->string() +
                                                          ": no clip has the tag 'Low'; did you mean 'pitch---Low'?");
}

TEST_F(TrainError, of_some_tags_that_no_clip_has_is_a_note_each) {
    TinyRun run(dataset_);
    run.options.tags = folder_.write("tags.txt", "pitch---Low\npitch---Hihg\nSad\n");
    const std::string start = run.options.tags->string() + ": no clip has the tag ";
    EXPECT_THAT(read_sources(run.options).notes,
                testing::ElementsAre(start + "'pitch---Hihg'; did you mean 'pitch---High'?", start + "'Sad'"));
}

TEST_F(TrainError, of_a_name_that_a_model_cannot_have_comes_before_anything_is_made) {
    TinyRun run(dataset_, tiny_recipe_with("name = \"tiny\"", "name = \"two\\nlines\""));
    EXPECT_THAT(error(ErrorCode::usage, run), HasSubstr("tag list: name is "));
    EXPECT_FALSE(std::filesystem::exists(run.options.out));
}

TEST_F(TrainError, of_a_tag_that_a_model_cannot_have_comes_before_anything_is_made) {
    TinyRun run(dataset_);
    run.options.tags = folder_.write("tags.txt", "pitch---Low\npitch---\x01\n");
    EXPECT_THAT(error(ErrorCode::usage, run), HasSubstr("tags[1]"));
    EXPECT_FALSE(std::filesystem::exists(run.options.out));
}

TEST_F(TrainError, of_a_single_training_segment_asks_for_two) {
    std::ofstream(manifest()) << "path\tsplit\ttags\nclip-0.wav\ttrain\tLow\nclip-1.wav\tvalid\tLow\n";
    write_wav(dataset_.clip(0), synthetic_samples(7, 0, 0.2));
    TinyRun run(dataset_);
    EXPECT_THAT(error(ErrorCode::invalid_dataset, run),
                AllOf(StartsWith("local network 9: "), HasSubstr("at least two")));
}

TEST_F(TrainError, of_a_device_that_is_not_there_comes_before_anything_is_made) {
    TinyRun run(dataset_);
    if (chosen_device(DeviceChoice::automatic).kind == ComputeDevice::Kind::cuda) GTEST_SKIP() << "there is a GPU";
    run.options.device = DeviceChoice::cuda;
    EXPECT_THAT(error(ErrorCode::usage, run), StartsWith("--device cuda: "));
    EXPECT_FALSE(std::filesystem::exists(run.options.out));
}

TEST_F(TrainError, of_a_folder_that_cannot_be_made_names_it) {
    TinyRun run(dataset_);
    run.options.out = run.options.recipe / "run";
    EXPECT_THAT(error(ErrorCode::unwritable, run), StartsWith(run.options.out.string()));
}

TEST_F(TrainError, of_missing_inputs_names_them) {
    TinyRun run(dataset_);
    run.options.data = {folder_.path() / "none"};
    EXPECT_THAT(error(ErrorCode::not_found, run), StartsWith(run.options.data.front().string()));
    run.options.data = {dataset_.path()};
    run.options.tags = folder_.path() / "none.txt";
    EXPECT_THAT(error(ErrorCode::not_found, run), StartsWith(run.options.tags->string()));
    run.options.recipe = folder_.path() / "none.toml";
    EXPECT_THAT(error(ErrorCode::not_found, run), StartsWith(run.options.recipe.string()));
    EXPECT_FALSE(std::filesystem::exists(run.options.out));
}

}  // namespace
}  // namespace earmark
