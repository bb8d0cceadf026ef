#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/program/fixture.h"

namespace earmark {
namespace {

using Json = nlohmann::json;

// Which tags `earmark tag` shows.
class SelectionTest : public ProgramTest {
protected:
    Json tags(std::vector<std::string> arguments) {
        arguments.insert(arguments.end(), {"--format", "jsonl", song_});
        return Json::parse(tag(arguments).out)["tags"];
    }

    std::size_t present_count(const std::vector<std::string>& arguments) {
        const Json found = tags(arguments);
        return static_cast<std::size_t>(
            std::ranges::count_if(found, [](const Json& tag) { return tag["present"].get<bool>(); }));
    }

    // Without the line of the file.
    std::vector<std::string> text_lines(std::vector<std::string> arguments) {
        arguments.push_back(song_);
        std::vector<std::string> lines = lines_of(tag(arguments).out);
        if (!lines.empty()) lines.erase(lines.begin());
        return lines;
    }

    std::string song_ = song("song.flac");
};

TEST_F(SelectionTest, top_gives_the_most_probable) {
    const Json all = tags({});
    const Json top = tags({"--top", "2"});
    ASSERT_EQ(top.size(), 2U);
    EXPECT_EQ(top[0], all[0]);
    EXPECT_EQ(top[1], all[1]);
}

TEST_F(SelectionTest, present_leaves_absent_tags_out) {
    const Json present = tags({"--present"});
    ASSERT_EQ(present.size(), 2U);
    for (const Json& tag : present) EXPECT_TRUE(tag["present"].get<bool>());
    EXPECT_EQ(tags({"--present", "--threshold", "1"}), Json::array());
    EXPECT_EQ(text_lines({"--present", "--top", "4"}).size(), present_count({"--top", "4"}));
}

TEST_F(SelectionTest, present_and_all_exclude_each_other) {
    const Outcome outcome = tag({"--present", "--all", song_});
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_THAT(outcome.err, testing::AllOf(testing::HasSubstr("--present"), testing::HasSubstr("--all")));
}

TEST_F(SelectionTest, top_beyond_the_number_of_tags_gives_all) { EXPECT_EQ(tags({"--top", "1000"}), tags({})); }

TEST_F(SelectionTest, top_shows_absent_tags_in_text_too) { EXPECT_EQ(text_lines({"--top", "4"}).size(), 4U); }

TEST_F(SelectionTest, absent_tags_are_marked_in_text_without_color) {
    std::size_t marked_count = 0;
    for (const std::string& line : text_lines({"--all"})) marked_count += line.ends_with("(absent)");
    EXPECT_EQ(marked_count, 3U);
    for (const std::string& line : text_lines({})) EXPECT_FALSE(line.ends_with("(absent)")) << line;
}

TEST_F(SelectionTest, threshold_replaces_those_of_the_model) {
    EXPECT_EQ(present_count({}), 2U);
    EXPECT_EQ(present_count({"--threshold", "0"}), 5U);
    EXPECT_EQ(present_count({"--threshold", "1"}), 0U);
}

TEST_F(SelectionTest, threshold_separates_the_tags_by_their_probability) {
    const Json all = tags({});
    const double between = (all[1]["probability"].get<double>() + all[2]["probability"].get<double>()) / 2;
    EXPECT_EQ(present_count({"--threshold", std::to_string(between)}), 2U);
}

TEST_F(SelectionTest, threshold_chooses_what_text_shows) {
    EXPECT_EQ(text_lines({}).size(), 2U);
    EXPECT_EQ(text_lines({"--threshold", "0"}).size(), 5U);
}

TEST_F(SelectionTest, text_reports_that_no_tag_is_certain_enough) {
    EXPECT_THAT(text_lines({"--threshold", "1"}),
                testing::ElementsAre("  no tag is certain enough; --all shows every one"));
}

TEST_F(SelectionTest, all_shows_absent_tags_in_text) { EXPECT_EQ(text_lines({"--all"}).size(), 5U); }

}  // namespace
}  // namespace earmark
