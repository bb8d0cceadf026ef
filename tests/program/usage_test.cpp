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
    {"unknown_option_before_the_command",
     {"--bogus", "tag", "x"},
     "The following argument was not expected: --bogus (see 'earmark tag --help')"},
    {"unknown_option",
     {"tag", "--bogus", "x"},
     "The following argument was not expected: --bogus (see 'earmark tag --help')"},
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
     "--format: xml not in {text,json,jsonl,csv} (see 'earmark tag --help')"},
    {"evaluate_without_data", {"evaluate"}, "--data is required (see 'earmark evaluate --help')"},
    {"evaluate_with_no_jobs",
     {"evaluate", "--data", ".", "--jobs", "0"},
     "--jobs: Value 0 not in range 1 to 1024 (see 'earmark evaluate --help')"},
    {"model_without_its_command", {"model"}, "a command is missing (see 'earmark model --help')"},
    {"model_with_an_unknown_command",
     {"model", "frobnicate"},
     "frobnicate: no such command (see 'earmark model --help')"},
    {"two_models",
     {"model", "info", "a", "b"},
     "The following argument was not expected: b (see 'earmark model info --help')"},
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
