#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "datasets/text/csv.h"
#include "tests/program/fixture.h"

namespace earmark {
namespace {

using Row = std::vector<std::string>;

std::vector<Row> rows_of(const std::string& text) {
    std::istringstream stream(text);
    CsvReader reader(stream, "standard output", ',');
    std::vector<Row> rows;
    for (auto record = reader.next(); record; record = reader.next()) rows.push_back(record->fields);
    return rows;
}

class CsvTest : public ProgramTest {};

TEST_F(CsvTest, has_a_header_and_a_row_for_each_tag_of_each_file) {
    const Outcome outcome = tag({"--format", "csv", song("a.flac"), song("b.flac")});
    EXPECT_EQ(outcome.exit_status, 0);
    const std::vector<Row> rows = rows_of(outcome.out);
    ASSERT_EQ(rows.size(), 11U);
    EXPECT_EQ(rows[0], (Row{"path", "duration_s", "tag", "category", "probability", "present", "error", "status"}));
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
    const std::vector<Row> rows = rows_of(outcome.out);
    ASSERT_EQ(rows.size(), 7U);
    EXPECT_EQ(rows[1][0], path("caf\uFFFD.flac"));
    EXPECT_EQ(rows[6][0], path("n\uFFFD.mp3"));
    EXPECT_EQ(rows[6][6], "no such file");
}

TEST_F(CsvTest, has_the_most_probable_tag_first) {
    const std::vector<Row> rows = rows_of(tag({"--format", "csv", song("a.flac")}).out);
    ASSERT_EQ(rows.size(), 6U);
    for (std::size_t i = 2; i < rows.size(); ++i) EXPECT_GE(std::stod(rows[i - 1][4]), std::stod(rows[i][4]));
}

TEST_F(CsvTest, keeps_a_path_with_commas_and_quotes) {
    const std::string name = "One, \"two\", three.flac";
    const std::vector<Row> rows = rows_of(tag({"--format", "csv", song(name)}).out);
    ASSERT_EQ(rows.size(), 6U);
    ASSERT_EQ(rows[1].size(), 8U);
    EXPECT_EQ(rows[1][0], path(name));
}

TEST_F(CsvTest, of_present_tags_has_a_row_for_a_file_without_any) {
    const std::vector<Row> rows = rows_of(tag({"--format", "csv", "--present", song("a.flac")}).out);
    ASSERT_EQ(rows.size(), 3U);
    for (std::size_t i = 1; i < rows.size(); ++i) EXPECT_EQ(rows[i][5], "true");
    const std::vector<Row> none =
        rows_of(tag({"--format", "csv", "--present", "--threshold", "1", path("a.flac")}).out);
    ASSERT_EQ(none.size(), 2U);
    EXPECT_EQ(none[1], (Row{path("a.flac"), "2.000", "", "", "", "", "", "ok"}));
}

TEST_F(CsvTest, has_a_row_with_the_error_of_a_file_that_failed) {
    const Outcome outcome = tag({"--format", "csv", path("none, none.mp3"), song("a.flac")});
    EXPECT_EQ(outcome.exit_status, 1);
    const std::vector<Row> rows = rows_of(outcome.out);
    ASSERT_EQ(rows.size(), 7U);
    EXPECT_EQ(rows[1], (Row{path("none, none.mp3"), "", "", "", "", "", "no such file", "error"}));
}

class WideCsvTest : public CsvTest {
protected:
    std::vector<Row> wide(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), {"--format", "csv", "--wide"});
        return rows_of(tag(arguments).out);
    }
};

TEST_F(WideCsvTest, has_a_row_for_each_file_and_a_column_for_each_tag) {
    const std::vector<Row> rows = wide({song("a.flac"), path("none.mp3"), song("b, \"c\".flac")});
    ASSERT_EQ(rows.size(), 4U);
    EXPECT_EQ(rows[0],
              (Row{"path", "duration_s", "status", "warning", "error", "Rock", "Calm", "Piano", "Choir", "80s"}));
    EXPECT_EQ(rows[2], (Row{path("none.mp3"), "", "error", "", "no such file", "", "", "", "", ""}));
    EXPECT_EQ(rows[3][0], path("b, \"c\".flac"));
    for (const Row& long_row : rows_of(tag({"--format", "csv", path("a.flac")}).out)) {
        if (long_row[2] == "tag") continue;
        const auto column = std::ranges::find(rows[0], long_row[2]) - rows[0].begin();
        EXPECT_EQ(rows[1].at(static_cast<std::size_t>(column)), long_row[4]) << long_row[2];
    }
}

TEST_F(WideCsvTest, leaves_cells_of_tags_that_are_not_shown_empty) {
    const std::vector<Row> all = wide({song("a.flac")});
    const std::vector<Row> rows = wide({"--present", path("a.flac")});
    EXPECT_EQ(rows[0], all[0]);
    EXPECT_EQ(rows[1], (Row{path("a.flac"), "2.000", "ok", "", "", all[1][5], "", all[1][7], "", ""}));
    const Row top = wide({"--top", "1", path("a.flac")})[1];
    EXPECT_EQ(std::count(top.begin() + 5, top.end(), ""), 4);
}

TEST_F(WideCsvTest, has_the_warning_of_a_file) {
    const std::string whole = read_text(EARMARK_SAMPLES_DIR "/rock-band.mp3");
    const std::string cut = folder_.write("cut.mp3", whole.substr(0, whole.size() / 2)).string();
    EXPECT_THAT(wide({cut})[1][3], testing::StartsWith("ends early: "));
}

TEST_F(WideCsvTest, names_columns_with_the_category_where_two_would_be_equal) {
    Model model = model_of_the_tests();
    ASSERT_EQ(model.tags[1].name, "Calm");
    model.tags[1].name = "Rock";
    model.tags[2].name = "path";
    write_model(model, path("equal.earmark"));
    const Outcome outcome =
        run_earmark({"tag", "--model", path("equal.earmark"), "--format", "csv", "--wide", song("a.flac")});
    EXPECT_EQ(rows_of(outcome.out)[0], (Row{"path", "duration_s", "status", "warning", "error", "genre---Rock",
                                            "mood---Rock", "instrument---path", "Choir", "80s"}));
}

TEST_F(WideCsvTest, is_csv) {
    const Outcome outcome = tag({"--wide", song("a.flac")});
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_EQ(outcome.err, "earmark: --wide: expected --format csv\n");
}

}  // namespace
}  // namespace earmark
