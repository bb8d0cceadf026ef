#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "tests/program/program.h"
#include "tests/support/temporary_folder.h"

namespace earmark {
namespace {

// The commands that a --help lists.
std::vector<std::string> commands_in(const std::string& help) {
    std::vector<std::string> names;
    const std::size_t start = help.find("\nCommands:\n");
    if (start == std::string::npos) return names;
    const std::vector<std::string> lines = lines_of(help.substr(start + 1));
    for (std::size_t i = 1; i < lines.size() && lines[i].starts_with("  "); ++i) {
        std::string name;
        if (lines[i][2] != ' ') std::istringstream(lines[i]) >> name;
        if (!name.empty()) names.push_back(name);
    }
    return names;
}

struct Page {
    std::vector<std::string> command;
    std::string text;
};

void add_pages(const std::vector<std::string>& command, std::vector<Page>& pages) {
    std::vector<std::string> arguments = command;
    arguments.emplace_back("--help");
    const Outcome outcome = run_earmark(arguments);
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_EQ(outcome.err, "");
    pages.push_back({command, outcome.out});
    for (const std::string& name : commands_in(outcome.out)) {
#ifndef EARMARK_TESTS_TRAINING
        if (name == "train" || name == "teach" || name == "analyze") continue;  // of a program that is not built
#endif
        std::vector<std::string> inner = command;
        inner.push_back(name);
        add_pages(inner, pages);
    }
}

std::string name_of(const Page& page) {
    std::string name = "earmark";
    for (const std::string& word : page.command) name += " " + word;
    return name;
}

class HelpTest : public testing::Test {
protected:
    static void SetUpTestSuite() { add_pages({}, pages_); }
    static inline std::vector<Page> pages_;
};

TEST_F(HelpTest, is_there_for_every_command) {
    std::vector<std::string> names;
    for (const Page& page : pages_) names.push_back(name_of(page));
    for (const char* name : {"earmark tag", "earmark evaluate", "earmark dataset check", "earmark dataset import table",
                             "earmark model verify"})
        EXPECT_THAT(names, testing::Contains(name));
#ifdef EARMARK_TESTS_TRAINING
    for (const char* name : {"earmark train", "earmark teach", "earmark analyze"})
        EXPECT_THAT(names, testing::Contains(name));
#endif
}

TEST_F(HelpTest, fits_in_80_columns) {
    for (const Page& page : pages_) {
        for (const std::string& line : lines_of(page.text))
            EXPECT_LE(line.size(), 80U) << name_of(page) << ": " << line;
    }
}

// The kinds of `dataset import` share its row.
TEST_F(HelpTest, is_there_for_no_command_without_its_exit_statuses_in_the_docs) {
    const std::string docs = read_text(std::string(EARMARK_SOURCE_DIR) + "/docs/command-line.md");
    const std::size_t start = docs.find("\n## Exit status\n");
    const std::string table = docs.substr(start, docs.find("\n## earmark tag\n") - start);
    for (const Page& page : pages_) {
        const bool has_commands = !commands_in(page.text).empty() && name_of(page) != "earmark dataset import";
        if (has_commands || page.command.size() > 2) continue;
        const std::string name = name_of(page).substr(std::string("earmark ").size());
        EXPECT_THAT(table, testing::ContainsRegex("\n\\|[^|]*`" + name + "`[^|]*\\|")) << name;
    }
}

TEST_F(HelpTest, has_no_two_empty_lines_in_a_row) {
    for (const Page& page : pages_) EXPECT_THAT(page.text, testing::Not(testing::HasSubstr("\n\n\n"))) << name_of(page);
}

TEST_F(HelpTest, begins_with_a_description_and_the_usage) {
    for (const Page& page : pages_) {
        EXPECT_THAT(page.text, testing::ContainsRegex("^[A-Z][^\n]+\n([^\n]+\n)*\nUsage: " + name_of(page) + " \\["))
            << name_of(page);
    }
}

// An option that takes a value names it in one word; TEXT and the types of C++ explain nothing.
TEST_F(HelpTest, names_every_value) {
    for (const Page& page : pages_) {
        EXPECT_THAT(page.text, testing::Not(testing::ContainsRegex(" (TEXT|UINT|INT|FLOAT)( |\n|:)"))) << name_of(page);
    }
}

TEST_F(HelpTest, of_each_command_ends_with_an_example_of_it) {
    for (const Page& page : pages_) {
        if (page.command.empty()) continue;
        const std::size_t examples = page.text.rfind("\nExample");
        ASSERT_NE(examples, std::string::npos) << name_of(page);
        EXPECT_THAT(page.text.substr(examples), testing::HasSubstr(name_of(page))) << name_of(page);
    }
}

}  // namespace
}  // namespace earmark
