#include "apps/common/help_formatter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace earmark {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(Wrapped, breaks_at_the_last_space_that_fits) {
    EXPECT_THAT(wrapped("one two three", 7), ElementsAre("one two", "three"));
    EXPECT_THAT(wrapped("one two three", 6), ElementsAre("one", "two", "three"));
    EXPECT_THAT(wrapped("", 10), ElementsAre());
}

TEST(Wrapped, gives_a_word_that_is_too_wide_a_line_of_its_own) {
    EXPECT_THAT(wrapped("a wonderful b", 4), ElementsAre("a", "wonderful", "b"));
}

// As many columns as a terminal shows, not bytes.
TEST(Wrapped, counts_a_letter_of_two_bytes_as_one_column) {
    setlocale(LC_CTYPE, "C.UTF-8");
    EXPECT_THAT(wrapped("é é é", 3), ElementsAre("é é", "é"));
}

class HelpFormatterTest : public testing::Test {
protected:
    HelpFormatterTest() { app_.formatter(std::make_shared<HelpFormatter>()); }

    std::string help() const { return app_.help(); }

    CLI::App app_{"Does things.", "program"};
    std::string text_ = "b";
    std::vector<std::string> texts_;
    std::size_t number_ = 3;
};

TEST_F(HelpFormatterTest, names_the_value_of_an_option_by_what_it_may_be) {
    app_.add_option("--choice", text_, "One of them")->check(CLI::IsMember({"a", "b"}))->capture_default_str();
    app_.add_option("--number", number_, "How many")->type_name("N")->check(CLI::Range(1, 9));
    EXPECT_THAT(help(), HasSubstr("\n  --choice a|b          One of them (default: b)\n"));
    EXPECT_THAT(help(), HasSubstr("\n  --number N            How many\n"));
}

TEST_F(HelpFormatterTest, shows_required_options_in_the_usage) {
    app_.add_option("FILE", texts_, "Files")->required();
    app_.add_option("--out", text_, "Output")->type_name("DIR")->required();
    EXPECT_THAT(help(), HasSubstr("\nUsage: program [OPTIONS] FILE... --out DIR\n"));
    EXPECT_THAT(help(), HasSubstr("\n  --out DIR             Output (required)\n"));
}

TEST_F(HelpFormatterTest, indents_a_long_description_below_itself) {
    app_.add_flag("--flag")->description(
        "A description of so many words that it does not fit into what is left of the line");
    EXPECT_THAT(help(), HasSubstr("\n  --flag                A description of so many words that it does not fit into\n"
                                  "                        what is left of the line\n"));
}

TEST_F(HelpFormatterTest, gives_a_long_option_a_line_of_its_own) {
    app_.add_option("--option-with-a-long-name", text_, "Text")->type_name("TEXT");
    EXPECT_THAT(help(), HasSubstr("\n  --option-with-a-long-name TEXT\n                        Text\n"));
}

TEST_F(HelpFormatterTest, names_options_that_exclude_each_other) {
    CLI::Option* first = app_.add_flag("--first")->description("The first");
    first->excludes(app_.add_flag("--last"));
    EXPECT_THAT(help(), HasSubstr("\n  --first               The first; not with --last\n"));
    first->excludes(app_.add_flag("--middle"));
    EXPECT_THAT(help(), testing::ContainsRegex("; not with --[a-z]+ or --[a-z]+\n"));
}

TEST_F(HelpFormatterTest, lists_commands) {
    app_.add_subcommand("sing", "Sings a song");
    EXPECT_THAT(help(), HasSubstr("\nCommands:\n  sing        Sings a song\n"));
}

TEST_F(HelpFormatterTest, ends_with_the_examples_as_they_are) {
    app_.footer(examples({"program  one", "program two"}));
    EXPECT_THAT(help(), testing::EndsWith("\n\nExamples:\n  program  one\n  program two\n"));
}

}  // namespace
}  // namespace earmark
