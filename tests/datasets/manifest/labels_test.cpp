#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "datasets/manifest/dataset.h"
#include "tests/datasets/error_of.h"

namespace earmark::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class LabelFile : public testing::Test {
protected:
    std::vector<std::string> read(std::string_view text) { return read_labels(folder_.write("tags.txt", text)); }
    std::string error(std::string_view text) {
        return error_of([&] { read(text); }, folder_);
    }

    TemporaryFolder folder_;
};

TEST_F(LabelFile, keeps_its_order) { EXPECT_THAT(read("rock\njazz\nfolk\n"), ElementsAre("rock", "jazz", "folk")); }

TEST_F(LabelFile, skips_empty_lines_mark_and_spaces) {
    EXPECT_THAT(read("\xEF\xBB\xBF rock\r\n\r\n  \nhip hop \r\njazz"), ElementsAre("rock", "hip hop", "jazz"));
}

TEST_F(LabelFile, may_be_saved_by_a_spreadsheet_and_has_one_spelling_of_accents) {
    EXPECT_THAT(read("\"drum, \"\"bass\"\"\"\ncafe\u0301\n"), ElementsAre("drum, \"bass\"", "caf\u00E9"));
}

TEST_F(LabelFile, refuses_what_is_not_utf8) {
    EXPECT_EQ(error("rock\ncaf\xE9\n"),
              "invalid_dataset FOLDER/tags.txt:2: the tags are not UTF-8; expected UTF-8; save the table with this "
              "encoding");
}

TEST_F(LabelFile, refuses_a_label_twice_with_both_lines) {
    EXPECT_EQ(error("rock\njazz\n\nrock\n"), "invalid_dataset FOLDER/tags.txt:4: 'rock' is already on line 1");
}

TEST_F(LabelFile, refuses_an_empty_list) {
    EXPECT_EQ(error("\n"), "invalid_dataset FOLDER/tags.txt: has no labels; expected one per line");
}

TEST_F(LabelFile, is_named_when_missing) {
    EXPECT_EQ(error_of([&] { read_labels(folder_.path() / "none.txt"); }, folder_),
              "not_found FOLDER/none.txt: no such file");
}

Clip clip(const std::string& split, std::vector<std::string> labels) { return {"x", split, std::move(labels), "", 0}; }

TEST(LabelsByFrequency, are_those_of_the_split_most_frequent_first) {
    Dataset dataset;
    dataset.clips = {clip("train", {"rare", "often"}), clip("train", {"often"}),
                     clip("test", {"other", "rare", "rare"})};
    EXPECT_THAT(labels_by_frequency(dataset, "train"), ElementsAre("often", "rare"));
}

TEST(LabelsByFrequency, are_alphabetical_where_equal) {
    Dataset dataset;
    dataset.clips = {clip("train", {"pop", "folk", "jazz"}), clip("train", {"rock", "jazz"})};
    EXPECT_THAT(labels_by_frequency(dataset, "train"), ElementsAre("jazz", "folk", "pop", "rock"));
}

TEST(LabelsByFrequency, of_no_clips_are_none) { EXPECT_THAT(labels_by_frequency({}, "train"), IsEmpty()); }

TEST(Targets, follow_the_order_of_the_list_not_of_the_clip) {
    EXPECT_THAT(targets(clip("train", {"sad", "rock"}), {"rock", "jazz", "sad"}), ElementsAre(1.0F, 0.0F, 1.0F));
}

TEST(Targets, ignore_labels_that_are_not_in_the_list) {
    EXPECT_THAT(targets(clip("train", {"polka", "rock"}), {"rock", "jazz"}), ElementsAre(1.0F, 0.0F));
}

TEST(Targets, of_a_clip_without_labels_are_all_zero) {
    EXPECT_THAT(targets(clip("train", {}), {"rock", "jazz"}), ElementsAre(0.0F, 0.0F));
}

TEST(Targets, need_the_whole_label) {
    EXPECT_THAT(targets(clip("train", {"rock and roll"}), {"rock"}), ElementsAre(0.0F));
}

TEST(PlainName, is_without_category_capitals_and_what_joins_words) {
    EXPECT_EQ(plain_name("voice---No Vocals"), "novocals");
    EXPECT_EQ(plain_name("no-vocals"), plain_name("genre---no_vocals"));
    EXPECT_NE(plain_name("vocal"), plain_name("vocals"));
}

TEST(Knows, every_label_without_a_list) { EXPECT_TRUE(knows(clip("train", {}), "rock")); }

TEST(Knows, the_labels_and_categories_of_the_list_and_those_of_the_clip) {
    Clip judged = clip("train", {"voice---choir"});
    judged.known = {"genre", "mood---sad"};
    EXPECT_TRUE(knows(judged, "genre---rock"));
    EXPECT_TRUE(knows(judged, "mood---sad"));
    EXPECT_TRUE(knows(judged, "voice---choir"));
    EXPECT_FALSE(knows(judged, "mood---happy"));
    EXPECT_FALSE(knows(judged, "voice---female"));
    EXPECT_FALSE(knows(judged, "genres---rock"));
}

}  // namespace
}  // namespace earmark::test
