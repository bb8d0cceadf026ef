#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/program/fixture.h"
#include "tests/training/support/tiny_recipe.h"

namespace earmark {
namespace {

using testing::HasSubstr;

// `earmark train` hands over to earmark-train.
class TrainTest : public ProgramTest {
protected:
    TrainTest() {
        for (const char* name : {"data/a.flac", "data/b.flac", "data/c.flac"}) song(name);
        write_manifest("");
    }

    void write_manifest(const std::string& more_lines) const {
        folder_.write("data/manifest.tsv",
                      "path\tsplit\ttags\na.flac\ttrain\tgenre---Rock\nb.flac\ttrain\tmood---Calm\nc.flac\tvalid\t"
                      "genre---Rock\n" +
                          more_lines);
    }

    Outcome train(const std::string& recipe) const {
        return run_earmark({"train", folder_.write("tiny.toml", recipe).string(), "--data", path("data"), "--out",
                            path("out"), "--jobs", "1"});
    }
};

TEST_F(TrainTest, a_recipe_with_an_unknown_key_gives_one_line) {
    const Outcome outcome = train(tiny_recipe_with("seed = 7", "sead = 7"));
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_EQ(outcome.out, "");
    EXPECT_THAT(outcome.err, is_one_line_about(path("tiny.toml") + ":"));
    EXPECT_THAT(outcome.err, HasSubstr("se"));
}

TEST_F(TrainTest, a_recipe_that_is_missing_gives_one_line) {
    const Outcome outcome = run_earmark({"train", path("none.toml"), "--data", path("data"), "--out", path("out")});
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_EQ(outcome.err, "earmark: " + path("none.toml") + ": no such file\n");
}

TEST_F(TrainTest, a_recipe_is_found_by_its_name) {
    const auto train_with = [&](const std::string& recipe) {
        return run_earmark({"train", recipe, "--data", path("none"), "--out", path("out")});
    };
    EXPECT_THAT(train_with("paper").err, HasSubstr(path("none")));
    const Outcome unknown = train_with("papr");
    EXPECT_EQ(unknown.exit_status, 2);
    EXPECT_THAT(unknown.err, HasSubstr("one of paper, "));
}

TEST_F(TrainTest, a_missing_file_is_named_with_its_line_and_the_others_are_used) {
    write_manifest("none.flac\ttrain\tmood---Calm\n");
    const Outcome outcome = train(tiny_recipe_text);
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_THAT(lines_of(outcome.err),
                testing::Contains("earmark: " + path("data/manifest.tsv") + ":5: none.flac: no such file"));
    EXPECT_THAT(outcome.err, testing::EndsWith("earmark: 1 clip could not be used\n"));
    const Outcome tagged = run_earmark({"tag", "--all", "--model", path("out/model.earmark"), path("data/a.flac")});
    EXPECT_EQ(tagged.exit_status, 0);
    EXPECT_THAT(tagged.out, testing::AllOf(HasSubstr("Rock"), HasSubstr("Calm")));
}

TEST_F(TrainTest, networks_that_are_learned_side_by_side_are_named_with_their_epochs) {
    const Outcome outcome = run_earmark({"train", folder_.write("tiny.toml", tiny_recipe_text).string(), "--data",
                                         path("data"), "--out", path("out"), "--jobs", "2"});
    EXPECT_EQ(outcome.exit_status, 0) << outcome.err;
    for (const char* text : {"\n2 local networks, 2 at a time\n", "\n  local network 9  epoch   1  stage 1/2",
                             "\n  local network 18  epoch   1  stage 1/2", "\nlocal network 18: trained\n",
                             "\naggregation\n", "\n  epoch   1  stage 1/2"})
        EXPECT_THAT(outcome.err, HasSubstr(text));
}

TEST_F(TrainTest, what_a_study_is_compared_with_must_be_there_before_it_begins) {
    const auto analyze = [&](const std::string& option, const std::string& value) {
        return run_earmark({"analyze", folder_.write("tiny.toml", tiny_recipe_text).string(), "--data", path("data"),
                            "--out", path("out"), option, value});
    };
    const Outcome features = analyze("--features", "other=" + path("none.tsv"));
    EXPECT_EQ(features.exit_status, 2);
    EXPECT_EQ(features.err,
              "earmark: " + path("none.tsv") + ": no such file; expected the embeddings of --features other\n");
    const Outcome compared = analyze("--compare", path("none"));
    EXPECT_EQ(compared.exit_status, 2);
    EXPECT_THAT(compared.err, is_one_line_about(path("none")));
    EXPECT_FALSE(std::filesystem::exists(path("out")));
}

TEST_F(TrainTest, a_data_set_without_a_validation_split_leaves_no_folder_behind) {
    folder_.write("data/manifest.tsv", "path\tsplit\ttags\na.flac\ttrain\tgenre---Rock\n");
    const Outcome outcome = train(tiny_recipe_text);
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_THAT(outcome.err, HasSubstr("expected clips of the splits train and valid, found 1 and 0"));
    EXPECT_FALSE(std::filesystem::exists(path("out")));
}

TEST_F(TrainTest, wrong_usage_gives_one_message) {
    const Outcome outcome = run_earmark({"train", "--bogus"});
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_EQ(outcome.out, "");
    EXPECT_THAT(outcome.err, is_one_line_about(""));
    EXPECT_THAT(outcome.err, HasSubstr("(see 'earmark train --help')"));
}

TEST_F(TrainTest, help_goes_to_standard_output) {
    const Outcome outcome = run_earmark({"train", "--help"});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_EQ(outcome.err, "");
    for (const char* option : {"RECIPE", "--data", "--out", "--tags", "--cache", "--jobs"})
        EXPECT_THAT(outcome.out, HasSubstr("\n  " + std::string(option) + " "));
}

}  // namespace
}  // namespace earmark
