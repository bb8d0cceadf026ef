#include "metadata/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "earmark/error.h"
#include "tests/support/temporary_folder.h"

namespace earmark::metadata {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

Plan a_plan() {
    return {3,
            true,
            true,
            {{"/music/a.mp3", 7, -1, std::string(32, 'a'), {{TagField::genre, {"Rock"}, {"Jazz", "Soul"}}}},
             {"/music/\xFF.mp3",
              8,
              1,
              std::string(32, 'b'),
              {{TagField::mood, {}, {"Calm"}}, {TagField::comment, {"c"}, {}}}}}};
}

std::string error_of(const std::string& text) {
    try {
        plan_from_text(text, "plan.jsonl");
    } catch (const Error& error) {
        return error.what();
    }
    return "no error";
}

TEST(Plan, takes_the_place_of_plans_and_of_nothing_else) {
    const TemporaryFolder folder;
    const auto may_replace = [&](const std::string& text) { return may_become_plan(folder.write("file", text)); };
    EXPECT_TRUE(may_become_plan(folder.path() / "missing"));
    EXPECT_TRUE(may_become_plan("/dev/null"));
    EXPECT_TRUE(may_replace(""));
    EXPECT_TRUE(may_replace(plan_to_text(a_plan())));
    EXPECT_FALSE(may_replace("notes\n" + plan_to_text(a_plan())));
    EXPECT_FALSE(may_replace("earmark_plan"));
}

TEST(Plan, comes_back_from_its_text) {
    EXPECT_EQ(plan_from_text(plan_to_text(a_plan()), "plan.jsonl"), a_plan());
    EXPECT_EQ(plan_from_text(plan_to_text(a_plan()) + "\n \r\n", "plan.jsonl"), a_plan());
}

TEST(Plan, names_the_line_that_is_wrong) {
    const std::string text = plan_to_text(a_plan());
    const auto with = [&](const std::string& from, const std::string& to) {
        std::string changed = text;
        changed.replace(changed.find(from), from.size(), to);
        return error_of(changed);
    };
    EXPECT_THAT(error_of(""), StartsWith("plan.jsonl: is empty"));
    EXPECT_THAT(error_of("music"), StartsWith("plan.jsonl: line 1: expected a JSON object"));
    EXPECT_THAT(error_of("{}"), StartsWith("plan.jsonl: line 1: lacks 'earmark_plan'"));
    EXPECT_THAT(with("\"earmark_plan\":1", "\"earmark_plan\":2"), HasSubstr("line 1: is a plan of version 2"));
    EXPECT_THAT(with("\"converts_id3\":true", "\"converts_id3\":1"), HasSubstr("expected true or false"));
    EXPECT_THAT(with("\"new_id3_version\":3", "\"new_id3_version\":5"), HasSubstr("expected 3 or 4"));
    EXPECT_THAT(with("\"size\":7", "\"size\":-7"), StartsWith("plan.jsonl: line 2: 'size': expected a whole number"));
    EXPECT_THAT(with("/music/a.mp3", "a.mp3"), HasSubstr("line 2: 'path': expected one that begins with /"));
    EXPECT_THAT(with("\"genre\"", "\"title\""), HasSubstr("line 2: 'field': expected genre, mood"));
    EXPECT_THAT(with("\"Jazz\"", "7"), HasSubstr("line 2: 'after': expected a list of texts"));
    EXPECT_THAT(with("\"Jazz\"", "\"\""), HasSubstr("expected texts of 1 to 1,000 bytes"));
    EXPECT_THAT(with("\"Jazz\"", "\"a\\u0000\""), HasSubstr("without NUL"));
    EXPECT_THAT(with("\"comment\"", "\"mood\""), HasSubstr("line 3: 'changes': has a field twice"));
    EXPECT_THAT(error_of(text.substr(0, text.size() - 5)), HasSubstr("line 3: expected a JSON object"));
}

}  // namespace
}  // namespace earmark::metadata
