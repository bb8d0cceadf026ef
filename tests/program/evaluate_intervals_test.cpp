#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/program/evaluate_fixture.h"

namespace earmark {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;

class EvaluateIntervalsTest : public EvaluateTest {
protected:
    EvaluateIntervalsTest() { write_manifest(pieces_of_one_label); }

    Json json_of(std::vector<std::string> arguments) const {
        arguments.insert(arguments.end(), {"--format", "json"});
        const Outcome outcome = evaluate(arguments);
        EXPECT_EQ(outcome.exit_status, 0) << outcome.err;
        return Json::parse(outcome.out);
    }
};

TEST_F(EvaluateIntervalsTest, surround_the_means_and_the_scores_of_tags) {
    const Json json = json_of({});
    for (const char* metric : {"roc_auc", "average_precision", "f1_macro", "f1_micro"}) {
        const Json& interval = json["intervals"][metric];
        ASSERT_EQ(interval.size(), 2U) << metric;
        EXPECT_LE(interval[0], json[metric]);
        EXPECT_GE(interval[1], json[metric]);
        EXPECT_LT(interval[0], interval[1]);
    }
    EXPECT_EQ(json["tags"][2]["intervals"]["roc_auc"].size(), 2U);
    EXPECT_EQ(json["tags"][3]["intervals"]["roc_auc"], nullptr);
    EXPECT_EQ(json["bootstrap"],
              Json({{"resamples", 1000}, {"seed", 1}, {"confidence", 0.95}, {"drawn", "clips"}, {"drawn_from", 5}}));
}

TEST_F(EvaluateIntervalsTest, are_the_same_for_the_same_seed_on_any_number_of_threads) {
    const Json intervals = json_of({"--jobs", "1"})["intervals"];
    EXPECT_EQ(json_of({"--jobs", "3"})["intervals"], intervals);
    EXPECT_NE(json_of({"--bootstrap", "40", "--seed", "2"})["intervals"],
              json_of({"--bootstrap", "40", "--seed", "3"})["intervals"]);
}

TEST_F(EvaluateIntervalsTest, are_switched_off_by_no_resamples) {
    const Json json = json_of({"--bootstrap", "0"});
    EXPECT_EQ(json["bootstrap"], nullptr);
    EXPECT_EQ(json["intervals"]["roc_auc"], nullptr);
    EXPECT_TRUE(json["roc_auc"].is_number());
    const Outcome text = evaluate({"--bootstrap", "0"});
    EXPECT_THAT(text.out, testing::Not(HasSubstr("intervals")));
    EXPECT_THAT(text.out, testing::ContainsRegex("ROC-AUC            [01]\\.[0-9]{4}  mean over tags\n"));
}

TEST_F(EvaluateIntervalsTest, draw_artists_when_asked) {
    const Json json = json_of({"--group", "artist"});
    EXPECT_EQ(json["bootstrap"]["drawn"], "artists");
    EXPECT_EQ(json["bootstrap"]["drawn_from"], 3);
    EXPECT_NE(json["intervals"], json_of({})["intervals"]);
    EXPECT_THAT(evaluate({"--group", "artist"}).out, HasSubstr("1000 bootstrap resamples of 3 artists;"));
}

TEST_F(EvaluateIntervalsTest, take_the_spellings_of_a_name_for_one_artist) {
    std::string pieces = pieces_of_one_label;
    pieces.replace(pieces.rfind("Pianist"), 7, "pian ist");
    write_manifest(pieces);
    EXPECT_EQ(json_of({"--group", "artist"})["bootstrap"]["drawn_from"], 3);
}

TEST_F(EvaluateIntervalsTest, of_artists_need_artists) {
    write_manifest(project_pieces);
    const Outcome outcome = evaluate({"--group", "artist"});
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(outcome.err, "earmark: " + path("manifest.tsv") +
                               ": expected a column 'artist' to group by, found no artist of these clips\n");
}

TEST_F(EvaluateIntervalsTest, of_other_groups_or_less_than_no_resamples_are_wrong_usage) {
    EXPECT_THAT(evaluate({"--group", "album"}).err, is_one_line_about("--group"));
    const Outcome outcome = evaluate({"--bootstrap", "-1"});
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_THAT(outcome.err, HasSubstr("--bootstrap"));
}

}  // namespace
}  // namespace earmark
