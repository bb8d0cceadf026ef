#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/program/evaluate_fixture.h"

namespace earmark {
namespace {

using Json = nlohmann::ordered_json;
using testing::ElementsAre;

std::vector<std::string> keys_of(const Json& object) {
    std::vector<std::string> keys;
    for (const auto& [key, value] : object.items()) keys.push_back(key);
    return keys;
}

TEST_F(EvaluateTest, prints_json_with_scores_and_a_table_of_the_tags) {
    const Outcome outcome = evaluate({"--format", "json"});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_EQ(outcome.err, "");
    const Json json = Json::parse(outcome.out);
    EXPECT_THAT(keys_of(json), ElementsAre("model", "data", "split", "gain_db", "max_duration_s", "plain", "clips",
                                           "roc_auc", "average_precision", "f1_macro", "f1_micro", "intervals",
                                           "bootstrap", "single_label", "comparison", "tags", "left_out", "problems"));
    EXPECT_EQ(json["model"], "small");
    EXPECT_EQ(json["split"], "test");
    EXPECT_EQ(json["clips"], 3);
    ASSERT_EQ(json["tags"].size(), 5U);
    EXPECT_THAT(keys_of(json["tags"][0]), ElementsAre("tag", "category", "clips", "roc_auc", "average_precision", "f1",
                                                      "threshold", "known_clips", "intervals"));
    EXPECT_EQ(json["tags"][2]["tag"], "Piano");
    EXPECT_EQ(json["tags"][2]["category"], "instrument");
    EXPECT_EQ(json["tags"][2]["clips"], 2);
    EXPECT_EQ(json["tags"][2]["known_clips"], 3);
    EXPECT_EQ(json["single_label"], nullptr);
    EXPECT_EQ(json["comparison"], nullptr);
    EXPECT_EQ(json["problems"], Json::array());
}

TEST_F(EvaluateTest, gives_the_mean_over_the_tags_that_can_be_measured_and_names_the_others) {
    const Json json = Json::parse(evaluate({"--format", "json"}).out);
    EXPECT_EQ(json["left_out"], Json({"Choir", "80s"}));
    for (const char* metric : {"roc_auc", "average_precision"}) {
        double sum = 0.0;
        int count = 0;
        for (const Json& row : json["tags"]) {
            if (row[metric].is_null()) continue;
            sum += row[metric].get<double>();
            ++count;
        }
        EXPECT_EQ(count, metric == std::string("roc_auc") ? 3 : 4);
        EXPECT_NEAR(json[metric].get<double>(), sum / count, 1e-12);
    }
}

TEST_F(EvaluateTest, ranks_by_the_probabilities_that_tag_gives) {
    const Json json = Json::parse(evaluate({"--format", "json"}).out);
    std::vector<double> rock;
    for (const char* name : {"rock-band.mp3", "piano-ballad.flac", "jazz-trio.wav"}) {
        const Outcome tagged = tag({"--format", "json", std::string(EARMARK_SAMPLES_DIR "/") + name});
        const Json file = Json::parse(tagged.out);
        for (const Json& found : file["tags"])
            if (found["tag"] == "Rock") rock.push_back(found["probability"]);
    }
    ASSERT_EQ(rock.size(), 3U);
    EXPECT_DOUBLE_EQ(json["tags"][0]["roc_auc"].get<double>(), ((rock[0] > rock[1]) + (rock[0] > rock[2])) / 2.0);
}

TEST_F(EvaluateTest, decides_by_the_thresholds_of_the_model) {
    // Rock and Piano are always present, the others never: one clip of three is Rock, two are Piano.
    const Json json = Json::parse(evaluate({"--format", "json"}).out);
    EXPECT_EQ(json["tags"][0]["threshold"], 0.0);
    EXPECT_DOUBLE_EQ(json["tags"][0]["f1"].get<double>(), 2.0 / (2.0 + 2.0));
    EXPECT_DOUBLE_EQ(json["tags"][2]["f1"].get<double>(), 4.0 / (4.0 + 1.0));
    EXPECT_EQ(json["tags"][1]["f1"], 0.0);
    EXPECT_EQ(json["tags"][3]["f1"], nullptr);
    EXPECT_DOUBLE_EQ(json["f1_macro"].get<double>(), (0.5 + 0.8) / 4.0);
    // Three hits, three false alarms, one Calm and three pieces of the eighties missed.
    EXPECT_DOUBLE_EQ(json["f1_micro"].get<double>(), 6.0 / (6.0 + 3.0 + 4.0));
}

TEST_F(EvaluateTest, gives_text_with_a_table_and_the_means) {
    const Outcome outcome = evaluate({});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_EQ(outcome.err, "");
    const std::vector<std::string> lines = lines_of(outcome.out);
    ASSERT_EQ(lines.size(), 14U);
    EXPECT_EQ(lines[0], "tag    category    clips  ROC-AUC  average precision      F1");
    EXPECT_THAT(lines[3], testing::MatchesRegex(
                              "Piano  instrument      2   [01]\\.[0-9]{4}             [01]\\.[0-9]{4}  0\\.8000"));
    EXPECT_THAT(lines[4], testing::StartsWith("80s    era             3        -             1.0000"));
    EXPECT_EQ(lines[6], "3 clips of " + folder_.path().string() + ", split test; model " + model_of_the_tests().name);
    const std::string metrics = "[01]\\.[0-9]{4}  [01]\\.[0-9]{4} to [01]\\.[0-9]{4}  ";
    EXPECT_THAT(lines[7], testing::MatchesRegex("ROC-AUC            " + metrics + "mean over tags"));
    EXPECT_THAT(lines[8], testing::MatchesRegex("average precision  " + metrics + "mean over tags"));
    EXPECT_THAT(lines[9],
                testing::MatchesRegex("F1, macro          " + metrics + "mean over tags, of the predicted tags"));
    EXPECT_THAT(lines[10], testing::MatchesRegex("F1, micro          " + metrics + "over all tags together"));
    EXPECT_EQ(lines[11],
              "intervals          95 %, from 1000 bootstrap resamples of 3 clips; bias-corrected for "
              "average precision");
    EXPECT_EQ(lines[12], "left out           Choir: no clip has this tag");
    EXPECT_EQ(lines[13], "left out           80s (of the mean ROC-AUC only): every clip has this tag");
}

TEST_F(EvaluateTest, names_tags_that_no_clip_has_in_one_line) {
    write_manifest("path\tsplit\ttags\nSAMPLES/rock-band.mp3\ttest\tgenre---Rock\n");
    const std::string text = evaluate({}).out;
    EXPECT_THAT(text, testing::HasSubstr("\n1 clip of "));
    EXPECT_THAT(text, testing::HasSubstr("\nleft out           Calm, Piano, Choir, 80s: no clip has these tags\n"));
    EXPECT_THAT(text, testing::Not(testing::HasSubstr("\nCalm ")));
}

TEST_F(EvaluateTest, does_not_depend_on_the_number_of_jobs) {
    EXPECT_EQ(evaluate({"--jobs", "1"}).out, evaluate({"--jobs", "3"}).out);
}

TEST_F(EvaluateTest, measures_the_split_that_is_named) {
    const Json json = Json::parse(evaluate({"--split", "valid", "--format", "json"}).out);
    EXPECT_EQ(json["split"], "valid");
    EXPECT_EQ(json["clips"], 2);
}

TEST_F(EvaluateTest, measures_every_clip_when_all_are_asked_for) {
    const Json json = Json::parse(evaluate({"--split", "all", "--format", "json"}).out);
    EXPECT_EQ(json["split"], "all");
    EXPECT_EQ(json["clips"], 5);
}

TEST_F(EvaluateTest, measures_a_split_that_is_named_all) {
    write_manifest("path\tsplit\ttags\nSAMPLES/rock-band.mp3\tall\tera---80s\nSAMPLES/techno.ogg\ttest\tera---80s\n");
    EXPECT_EQ(Json::parse(evaluate({"--split", "all", "--format", "json"}).out)["clips"], 1);
}

TEST_F(EvaluateTest, measures_what_level_does_and_prints_it) {
    const Json loud = Json::parse(evaluate({"--format", "json"}).out);
    const Json quiet = Json::parse(evaluate({"--format", "json", "--gain-db", "-40"}).out);
    EXPECT_EQ(loud["gain_db"], 0.0);
    EXPECT_EQ(quiet["gain_db"], -40.0);
    EXPECT_NE(loud["tags"], quiet["tags"]);
    EXPECT_THAT(evaluate({"--gain-db", "-40"}).out, testing::HasSubstr("\namplified by       -40 dB\n"));
    EXPECT_THAT(evaluate({}).out, testing::Not(testing::HasSubstr("amplified by")));
    EXPECT_EQ(evaluate({"--gain-db", "200"}).exit_status, 2);
}

TEST_F(EvaluateTest, uses_the_beginning_of_the_clips_alone_and_prints_that) {
    const Json all = Json::parse(evaluate({"--format", "json"}).out);
    const Json beginnings = Json::parse(evaluate({"--format", "json", "--max-duration", "0.1"}).out);
    EXPECT_EQ(all["max_duration_s"], nullptr);
    EXPECT_EQ(beginnings["max_duration_s"], 0.1);
    EXPECT_NE(all["tags"], beginnings["tags"]);
    EXPECT_THAT(evaluate({"--max-duration", "0.1"}).out, testing::HasSubstr("\nused of a clip     the first 0.1 s\n"));
    EXPECT_EQ(evaluate({"--max-duration", "0"}).exit_status, 2);
}

TEST_F(EvaluateTest, can_score_the_plain_way) {
    EXPECT_EQ(Json::parse(evaluate({"--format", "json", "--plain"}).out)["plain"], true);
    EXPECT_THAT(evaluate({"--plain"}).out, testing::HasSubstr("\nplain "));
}

}  // namespace
}  // namespace earmark
