#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/program/fixture.h"

namespace earmark {
namespace {

struct WrongCall {
    const char* name;
    std::vector<std::string> arguments;
    const char* message;
};

void PrintTo(const WrongCall& call, std::ostream* stream) { *stream << call.name; }

class WrongUsageTest : public testing::TestWithParam<WrongCall> {};

TEST_P(WrongUsageTest, ends_with_status_2_and_one_message) {
    const Outcome outcome = run_earmark(GetParam().arguments);
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(outcome.err, std::string("earmark: ") + GetParam().message + "\n");
}

const WrongCall wrong_calls[] = {
    {"no_command", {}, "a command is missing (see 'earmark --help')"},
    {"unknown_command", {"frobnicate"}, "frobnicate: no such command (see 'earmark --help')"},
    {"unknown_option_before_the_command", {"--bogus", "tag", "x"}, "--bogus: no such option (see 'earmark --help')"},
    {"unknown_option", {"tag", "--bogus", "x"}, "--bogus: no such option (see 'earmark tag --help')"},
    {"mistyped_option",
     {"tag", "--fromat=json", "x"},
     "--fromat: no such option; did you mean '--format'? (see 'earmark tag --help')"},
    {"mistyped_command", {"evlauate"}, "evlauate: no such command; did you mean 'evaluate'? (see 'earmark --help')"},
    {"mistyped_command_of_a_command",
     {"dataset", "imprt"},
     "imprt: no such command; did you mean 'import'? (see 'earmark dataset --help')"},
    {"command_of_another_command",
     {"verify", "x"},
     "verify: no such command; did you mean 'earmark model verify'? (see 'earmark --help')"},
    {"file_without_a_command",
     {"/dev/null"},
     "/dev/null: no such command; did you mean 'earmark tag /dev/null'? (see 'earmark --help')"},
    {"option_without_its_value",
     {"tag", "x", "--top"},
     "--top: expected a value, found none (see 'earmark tag --help')"},
    {"option_twice",
     {"tag", "--format", "json", "--format", "csv", "x"},
     "--format: expected once, found 2 times (see 'earmark tag --help')"},
    {"flag_with_a_value", {"tag", "--all=x", "x"}, "--all: expected no value (see 'earmark tag --help')"},
    {"options_that_exclude_each_other",
     {"tag", "--all", "--present", "x"},
     "--all: not with --present (see 'earmark tag --help')"},
    {"another_word_for_an_option", {"tag", "--gain", "x"}, "--gain: no such option (see 'earmark tag --help')"},
    {"beginning_of_an_option",
     {"evaluate", "--gain=1"},
     "--gain: no such option; did you mean '--gain-db'? (see 'earmark evaluate --help')"},
    {"option_with_one_dash",
     {"evaluate", "-split", "x"},
     "-split: no such option; did you mean '--split'? (see 'earmark evaluate --help')"},
    {"help_as_a_command", {"help", "tag"}, "help: no such command; did you mean 'earmark tag --help'?"},
    {"help_without_a_command", {"help"}, "help: no such command; did you mean 'earmark --help'?"},
    {"help_as_a_command_before_two_others",
     {"help", "model", "info"},
     "help: no such command; did you mean 'earmark model info --help'?"},
    {"model_of_no_name",
     {"tag", "--model", "dflt", "x"},
     "dflt: no such file, and no installed model: default, free or paper"},
    {"two_shares_before_the_source",
     {"dataset", "import", "folder", "--shares", "80,20", "x"},
     "--shares: expected 3 percentages, found 2"},
    {"scale_that_is_no_number",
     {"embed", "--scales", "27,wide", "x"},
     "--scales: expected a number, found '27,wide' (see 'earmark embed --help')"},
    {"mistyped_word_for_the_default_model",
     {"tag", "--model", "defalt", "x"},
     "defalt: no such file; did you mean 'default'?"},
    {"mistyped_word_for_another_model", {"tag", "--model", "papr", "x"}, "papr: no such file; did you mean 'paper'?"},
    {"time_limit_of_nothing",
     {"tag", "--time-limit", "0", "x"},
     "--time-limit: expected a number of at least 0.01, found '0' (see 'earmark tag --help')"},
    {"no_inputs", {"tag"}, "PATH is required (see 'earmark tag --help')"},
    {"top_of_nothing",
     {"tag", "--top", "0", "x"},
     "--top: expected a whole number of at least 1, found '0' (see 'earmark tag --help')"},
    {"top_below_nothing",
     {"tag", "--top", "-1", "x"},
     "--top: expected a whole number of at least 1, found '-1' (see 'earmark tag --help')"},
    {"top_of_a_half",
     {"tag", "--top", "1.5", "x"},
     "--top: expected a whole number of at least 1, found '1.5' (see 'earmark tag --help')"},
    {"top_of_too_many",
     {"tag", "--top", "99999999999999999999", "x"},
     "--top: expected a whole number of at least 1, found '99999999999999999999' (see 'earmark tag --help')"},
    {"threshold_above_1",
     {"tag", "--threshold", "2", "x"},
     "--threshold: expected a number from 0 to 1, found '2' (see 'earmark tag --help')"},
    {"threshold_below_0",
     {"tag", "--threshold", "-0.1", "x"},
     "--threshold: expected a number from 0 to 1, found '-0.1' (see 'earmark tag --help')"},
    {"threshold_that_is_no_number",
     {"tag", "--threshold", "nan", "x"},
     "--threshold: expected a number from 0 to 1, found 'nan' (see 'earmark tag --help')"},
    {"unknown_format",
     {"tag", "--format", "xml", "x"},
     "--format: expected text, json, jsonl or csv, found 'xml' (see 'earmark tag --help')"},
    {"mistyped_format",
     {"tag", "--format", "jsn", "x"},
     "--format: expected text, json, jsonl or csv, found 'jsn'; did you mean 'json'? (see 'earmark tag --help')"},
    {"mistyped_category",
     {"dataset", "import", "folder", "x", "--category", "gnere"},
     "--category: expected genre, mood, instrument, voice, era or other, found 'gnere'; did you mean 'genre'? (see "
     "'earmark dataset import folder --help')"},
    {"seconds_below_0",
     {"dataset", "check", "x", "--min-seconds", "-1"},
     "--min-seconds: expected a number of at least 0, found '-1' (see 'earmark dataset check --help')"},
    {"shares_that_are_no_numbers",
     {"dataset", "import", "folder", "x", "--shares", "80,10,x"},
     "--shares: expected a number from 0 to 100, found 'x' (see 'earmark dataset import folder --help')"},
    {"two_shares",
     {"dataset", "import", "folder", "x", "--shares", "90,10"},
     "--shares: expected 3 percentages, found 2"},
    {"evaluate_without_data", {"evaluate"}, "--data is required (see 'earmark evaluate --help')"},
    {"evaluate_with_no_jobs",
     {"evaluate", "--data", ".", "--jobs", "0"},
     "--jobs: expected a whole number from 1 to 1024, found '0' (see 'earmark evaluate --help')"},
    {"model_without_its_command", {"model"}, "a command is missing (see 'earmark model --help')"},
    {"model_with_an_unknown_command",
     {"model", "frobnicate"},
     "frobnicate: no such command (see 'earmark model --help')"},
    {"two_models", {"model", "info", "a", "b"}, "b: one argument too many (see 'earmark model info --help')"},
};

INSTANTIATE_TEST_SUITE_P(Each, WrongUsageTest, testing::ValuesIn(wrong_calls),
                         [](const auto& instance) { return std::string(instance.param.name); });

TEST(Help, goes_to_standard_output) {
    const Outcome outcome = run_earmark({"--help"});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_EQ(outcome.err, "");
    for (const char* command : {"tag", "evaluate", "model", "train"})
        EXPECT_THAT(outcome.out, testing::HasSubstr("\n  " + std::string(command) + " "));
}

TEST(Help, of_a_command_names_its_options) {
    const Outcome outcome = run_earmark({"tag", "--help"});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_EQ(outcome.err, "");
    for (const char* option : {"--model", "--format", "--top", "--threshold", "--all"})
        EXPECT_THAT(outcome.out, testing::HasSubstr("\n  " + std::string(option)));
}

TEST(Version, goes_to_standard_output) {
    const Outcome outcome = run_earmark({"--version"});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_EQ(outcome.err, "");
    EXPECT_THAT(outcome.out, testing::MatchesRegex("earmark [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}

}  // namespace
}  // namespace earmark
