#include "training/run/training_arguments.h"

#include <gmock/gmock.h>

#include "tests/training/support/expect_error.h"

namespace earmark {
namespace {

TrainingOptions all_options() {
    TrainingOptions options;
    options.recipe = "a recipe.toml";
    options.data = {"one", "two=2"};
    options.out = "out\nof lines";
    options.tags = "tags.txt";
    options.cache = "cache";
    options.worker_count = 3;
    options.device = DeviceChoice::cuda;
    options.precision = Precision::bfloat16;
    options.from = "caf\xe9.earmark";  // not UTF-8
    options.seed = 18446744073709551615U;
    options.output = OutputKind::softmax;
    options.fold = Fold{{5, true, 7}, 4, true};
    options.copies = "copies.tsv";
    options.audio_record = "audio.tsv";
    options.configurations.only_the_model = true;
    options.configurations.embedding_files = {{"musicnn", "a=b.tsv"}};
    options.command = "earmark train 'a recipe.toml'";
    options.license = "CC0-1.0";
    return options;
}

TEST(TrainingArguments, give_the_same_options_again) {
    const std::vector<std::string> arguments = training_arguments(all_options());
    const TrainingOptions options = parse_training_arguments(arguments);
    EXPECT_EQ(training_arguments(options), arguments);
    EXPECT_EQ(options.data, all_options().data);
    EXPECT_EQ(options.from, all_options().from);
    EXPECT_EQ(options.seed, all_options().seed);
    EXPECT_EQ(options.device, DeviceChoice::cuda);
    EXPECT_EQ(options.precision, Precision::bfloat16);
    EXPECT_EQ(options.output, OutputKind::softmax);
    ASSERT_TRUE(options.fold);
    EXPECT_EQ(options.fold->index, 4U);
    EXPECT_EQ(options.fold->plan.fold_count, 5U);
    EXPECT_EQ(options.fold->plan.seed, 7U);
    EXPECT_TRUE(options.fold->plan.by_artist);
    EXPECT_TRUE(options.fold->is_test_empty);
    EXPECT_EQ(options.copies, "copies.tsv");
    EXPECT_EQ(options.audio_record, "audio.tsv");
    EXPECT_EQ(options.configurations.embedding_files.at(0).path, "a=b.tsv");
    EXPECT_TRUE(options.configurations.only_the_model);
    EXPECT_FALSE(options.configurations.whole_study);
}

TEST(TrainingArguments, leave_out_what_is_not_set) {
    const TrainingOptions options = parse_training_arguments(training_arguments(TrainingOptions()));
    EXPECT_FALSE(options.tags);
    EXPECT_FALSE(options.fold);
    EXPECT_FALSE(options.copies);
    EXPECT_FALSE(options.seed);
    EXPECT_FALSE(options.output);
}

TEST(TrainingArguments, of_anything_else_are_an_error) {
    for (const char* argument : {"seed", "sead=1", "seed=one", "seed=1x", "output=2", "device=-1", "features=none"})
        EXPECT_THAT(error_of(ErrorCode::usage, [&] { parse_training_arguments({argument}); }),
                    testing::HasSubstr("expected"));
}

}  // namespace
}  // namespace earmark
