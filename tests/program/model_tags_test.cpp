#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/program/fixture.h"

namespace earmark {
namespace {

class ModelTagsTest : public ProgramTest {
protected:
    ModelTagsTest() {
        Model model = model_of_the_tests();
        model.tags[0].meaning = "loud guitars";
        model.tags[0].source = "true labels";
        model.tags[0].score = TagScore{0.85, 0.8, 0.9};
        model.tags[1].category = TagCategory::genre;
        model.tags[1].parent = model.tags[0].name;
        write_model(model, path("facts.earmark"));
    }
};

TEST_F(ModelTagsTest, tags_has_a_line_for_each_tag) {
    const Outcome outcome = run_earmark({"model", "tags", path("facts.earmark")});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_EQ(outcome.err, "");
    EXPECT_EQ(std::ranges::count(outcome.out, '\n'), 6);
    EXPECT_THAT(outcome.out, testing::ContainsRegex(
                                 "\nRock  +genre  +0.00  +0.85 \\(0.80 to 0.90\\)  +loud guitars; labels: true labels\n"
                                 "Calm  +genre  +[0-9.]+  +a kind of Rock\n"));
}

TEST_F(ModelTagsTest, tags_as_json_has_null_for_a_score_that_was_not_measured) {
    const Outcome outcome = run_earmark({"model", "tags", "--format", "json", path("facts.earmark")});
    const auto tags = nlohmann::json::parse(outcome.out);
    ASSERT_EQ(tags.size(), 5U);
    EXPECT_EQ(tags[0]["tag"], "Rock");
    EXPECT_EQ(tags[0]["meaning"], "loud guitars");
    EXPECT_EQ(tags[0]["score"]["high"], 0.9);
    EXPECT_EQ(tags[1]["parent"], "Rock");
    EXPECT_EQ(tags[1]["score"], nullptr);
}

}  // namespace
}  // namespace earmark
