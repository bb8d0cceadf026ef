#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/program/fixture.h"

namespace earmark {
namespace {

using Row = std::vector<std::string>;

// RFC 4180: fields in quotes may hold commas, line ends and doubled quotes.
std::vector<Row> parse_csv(const std::string& text) {
    std::vector<Row> rows{{""}};
    bool is_quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char character = text[i];
        if (is_quoted && text.substr(i, 2) == "\"\"")
            rows.back().back() += text[i++];
        else if (character == '"')
            is_quoted = !is_quoted;
        else if (!is_quoted && character == ',')
            rows.back().emplace_back();
        else if (!is_quoted && character == '\n')
            rows.push_back({""});
        else
            rows.back().back() += character;
    }
    rows.pop_back();  // after the last line's end
    return rows;
}

class CsvTest : public ProgramTest {};

TEST_F(CsvTest, has_a_header_and_a_row_for_each_tag_of_each_file) {
    const Outcome outcome = tag({"--format", "csv", song("a.flac"), song("b.flac")});
    EXPECT_EQ(outcome.exit_status, 0);
    const std::vector<Row> rows = parse_csv(outcome.out);
    ASSERT_EQ(rows.size(), 11U);
    EXPECT_EQ(rows[0], (Row{"path", "duration_s", "tag", "category", "probability", "present", "error"}));
    for (std::size_t i = 1; i < rows.size(); ++i) {
        ASSERT_EQ(rows[i].size(), rows[0].size());
        EXPECT_EQ(rows[i][0], path(i <= 5 ? "a.flac" : "b.flac"));
        EXPECT_EQ(rows[i][1], "2.000");
        const bool is_present = rows[i][2] == "Rock" || rows[i][2] == "Piano";
        EXPECT_EQ(rows[i][5], is_present ? "true" : "false");
    }
}

TEST_F(CsvTest, is_utf8_also_where_a_path_is_not) {
    const Outcome outcome = tag({"--format", "csv", song("caf\xE9.flac"), path("n\xE9.mp3")});
    const std::vector<Row> rows = parse_csv(outcome.out);
    ASSERT_EQ(rows.size(), 7U);
    EXPECT_EQ(rows[1][0], path("caf\uFFFD.flac"));
    EXPECT_EQ(rows[6][0], path("n\uFFFD.mp3"));
    EXPECT_EQ(rows[6][6], path("n\uFFFD.mp3") + ": no such file");
}

TEST_F(CsvTest, has_the_most_probable_tag_first) {
    const std::vector<Row> rows = parse_csv(tag({"--format", "csv", song("a.flac")}).out);
    ASSERT_EQ(rows.size(), 6U);
    for (std::size_t i = 2; i < rows.size(); ++i) EXPECT_GE(std::stod(rows[i - 1][4]), std::stod(rows[i][4]));
}

TEST_F(CsvTest, keeps_a_path_with_commas_and_quotes) {
    const std::string name = "One, \"two\", three.flac";
    const std::vector<Row> rows = parse_csv(tag({"--format", "csv", song(name)}).out);
    ASSERT_EQ(rows.size(), 6U);
    ASSERT_EQ(rows[1].size(), 7U);
    EXPECT_EQ(rows[1][0], path(name));
}

TEST_F(CsvTest, has_a_row_with_the_error_of_a_file_that_failed) {
    const Outcome outcome = tag({"--format", "csv", path("none, none.mp3"), song("a.flac")});
    EXPECT_EQ(outcome.exit_status, 1);
    const std::vector<Row> rows = parse_csv(outcome.out);
    ASSERT_EQ(rows.size(), 7U);
    EXPECT_EQ(rows[1], (Row{path("none, none.mp3"), "", "", "", "", "", path("none, none.mp3") + ": no such file"}));
}

}  // namespace
}  // namespace earmark
