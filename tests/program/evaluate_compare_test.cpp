#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/program/evaluate_fixture.h"

namespace earmark {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;

class EvaluateCompareTest : public EvaluateTest {
protected:
    EvaluateCompareTest() { write_manifest(pieces_of_one_label); }

    // Another model of the same networks: other weights of the classifier, and tags in another order, one of its own.
    void write_other(const std::string& own_label) const {
        Model other = model_of_the_tests();
        other.name = "other";
        std::ranges::reverse(other.tags);
        other.tags[1] = tag_from_label(own_label);  // instead of Choir
        std::ranges::reverse(other.classifier.layers.back().biases);
        for (float& weight : other.classifier.layers.front().weights) weight = -weight;
        write_model(other, path("other.earmark"));
    }

    Json comparison(const std::string& model_path, const std::string& other_path) const {
        const Outcome outcome = run_earmark(
            {"evaluate", "--model", model_path, "--compare", other_path, "--data", folder_.path(), "--format", "json"});
        EXPECT_EQ(outcome.exit_status, 0) << outcome.err;
        return Json::parse(outcome.out);
    }
};

TEST_F(EvaluateCompareTest, prints_the_scores_of_each_model_and_their_difference) {
    write_other("genre---Polka");
    const Json both = comparison(model(), path("other.earmark"));
    const Json other = comparison(path("other.earmark"), model());
    const Json& auc = both["comparison"]["roc_auc"];
    EXPECT_EQ(auc["model"], both["roc_auc"]);
    EXPECT_EQ(auc["other"], other["roc_auc"]);
    EXPECT_DOUBLE_EQ(auc["difference"].get<double>(), both["roc_auc"].get<double>() - other["roc_auc"].get<double>());
    EXPECT_NE(auc["difference"], 0.0);
    EXPECT_LE(auc["interval"][0], auc["difference"]);
    EXPECT_GE(auc["interval"][1], auc["difference"]);
    EXPECT_EQ(both["comparison"]["model"], "other");
    EXPECT_EQ(both["comparison"]["path"], path("other.earmark"));
}

TEST_F(EvaluateCompareTest, with_the_models_swapped_gives_the_opposite_difference) {
    write_other("genre---Polka");
    const Json there = comparison(model(), path("other.earmark"))["comparison"];
    const Json back = comparison(path("other.earmark"), model())["comparison"];
    for (const char* metric : {"roc_auc", "average_precision", "f1_macro", "f1_micro"}) {
        EXPECT_DOUBLE_EQ(there[metric]["interval"][0].get<double>(), -back[metric]["interval"][1].get<double>());
        EXPECT_DOUBLE_EQ(there[metric]["interval"][1].get<double>(), -back[metric]["interval"][0].get<double>());
    }
}

TEST_F(EvaluateCompareTest, takes_the_tags_that_both_know) {
    write_other("genre---Polka");
    const Json tags = comparison(model(), path("other.earmark"))["comparison"]["tags"];
    std::vector<std::string> names;
    for (const Json& tag : tags) names.push_back(tag["tag"]);
    EXPECT_THAT(names, testing::ElementsAre("Rock", "Calm", "Piano", "80s"));
}

TEST_F(EvaluateCompareTest, of_a_model_with_itself_finds_no_difference) {
    const Json same = comparison(model(), model())["comparison"];
    EXPECT_EQ(same["roc_auc"]["difference"], 0.0);
    EXPECT_EQ(same["roc_auc"]["interval"], Json({0.0, 0.0}));
}

TEST_F(EvaluateCompareTest, gives_text_with_means_and_tags) {
    write_other("genre---Polka");
    const Outcome outcome = evaluate({"--compare", path("other.earmark")});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_THAT(outcome.out, HasSubstr("\ncompared with other (" + path("other.earmark") +
                                       ") on the same clips, 4 common tags\n"
                                       "                    model   other  difference       95 % interval  not better\n"
                                       "ROC-AUC            "));
    EXPECT_THAT(outcome.out, testing::ContainsRegex("\nPiano              [01]\\.[0-9]{4}  [01]\\.[0-9]{4}     "
                                                    "[+-][01]\\.[0-9]{4}  [+-][01]\\.[0-9]{4} to [+-][01]\\.[0-9]{4}  "
                                                    "     [01]\\.[0-9]{3}\n"));
}

TEST_F(EvaluateCompareTest, of_models_without_a_common_tag_is_wrong_usage) {
    Model other = model_of_the_tests();
    other.name = "other";
    for (Tag& tag : other.tags) tag = tag_from_label("genre---Other " + tag.name);
    write_model(other, path("other.earmark"));
    const Outcome outcome = evaluate({"--compare", path("other.earmark")});
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_EQ(outcome.err, "earmark: --compare: expected a model that shares tags with 'small', 'other' has none\n");
}

TEST_F(EvaluateCompareTest, with_default_is_with_the_default_model) {
    const Outcome outcome = evaluate({"--compare", "default", "--format", "json"});
    const Json found = Json::parse(outcome.out, nullptr, false);
    ASSERT_FALSE(found.is_discarded()) << outcome.err;
    EXPECT_THAT(found["comparison"]["path"].dump(), HasSubstr("default.earmark"));
}

TEST_F(EvaluateCompareTest, of_a_model_that_is_missing_names_it) {
    const Outcome outcome = evaluate({"--compare", path("none.earmark")});
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_THAT(outcome.err, is_one_line_about(path("none.earmark")));
}

}  // namespace
}  // namespace earmark
