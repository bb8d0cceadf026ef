#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/program/evaluate_fixture.h"

namespace earmark {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;

// A single-label model.
class EvaluateSingleLabelTest : public EvaluateTest {
protected:
    EvaluateSingleLabelTest() {
        write_manifest(pieces_of_one_label);
        Model single_label = model_of_the_tests();
        single_label.classifier.output = OutputKind::softmax;
        write_model(single_label, path("genres.earmark"));
    }

    Outcome evaluate_it(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), {"evaluate", "--model", path("genres.earmark"), "--data", folder_.path()});
        return run_earmark(arguments);
    }

    // The name of the tag that `earmark tag` gives the highest probability.
    std::string most_probable(const std::string& piece) const {
        const Outcome outcome = run_earmark({"tag", "--model", path("genres.earmark"), "--all", "--format", "json",
                                             std::string(EARMARK_SAMPLES_DIR "/") + piece});
        return Json::parse(outcome.out)["tags"][0]["tag"];
    }
};

TEST_F(EvaluateSingleLabelTest, counts_what_tag_finds_most_probable) {
    const Json json = Json::parse(evaluate_it({"--format", "json"}).out)["single_label"];
    const std::vector<std::pair<std::string, std::string>> pieces{{"rock-band.mp3", "Rock"},
                                                                  {"piano-ballad.flac", "Piano"},
                                                                  {"jazz-trio.wav", "Piano"},
                                                                  {"techno.ogg", "80s"},
                                                                  {"folk-guitar.m4a", "Calm"}};
    const auto index_of = [&](const std::string& label) {
        return std::find(json["labels"].begin(), json["labels"].end(), label) - json["labels"].begin();
    };
    std::vector<std::vector<int>> confusion(5, std::vector<int>(5, 0));
    double right_count = 0.0;
    for (const auto& [piece, label] : pieces) {
        const std::string predicted = most_probable(piece);
        ++confusion[index_of(label)][index_of(predicted)];
        right_count += predicted == label;
    }
    EXPECT_EQ(json["labels"], Json({"Rock", "Calm", "Piano", "Choir", "80s"}));
    EXPECT_EQ(json["confusion"], Json(confusion));
    EXPECT_EQ(json["clips"], 5);
    EXPECT_DOUBLE_EQ(json["accuracy"].get<double>(), right_count / 5.0);
    EXPECT_EQ(json["intervals"]["balanced_accuracy"].size(), 2U);
    const auto rock = index_of("Rock"), choir = index_of("Choir");
    EXPECT_EQ(json["recall"][rock], confusion[rock][rock]);
    EXPECT_EQ(json["intervals"]["recall"][rock].size(), 2U);
    EXPECT_EQ(json["recall"][choir], nullptr);
    EXPECT_EQ(json["intervals"]["recall"][choir], nullptr);
}

// Where each clip has one of the labels, F1 of all decisions together is the accuracy.
TEST_F(EvaluateSingleLabelTest, has_f1_of_the_most_probable_label_not_of_thresholds) {
    const Json json = Json::parse(evaluate_it({"--format", "json"}).out);
    EXPECT_DOUBLE_EQ(json["f1_micro"].get<double>(), json["single_label"]["accuracy"].get<double>());
    for (const Json& tag : json["tags"]) EXPECT_EQ(tag["threshold"], nullptr);
}

TEST_F(EvaluateSingleLabelTest, leaves_out_clips_that_have_none_or_several_of_the_labels) {
    song("polka.flac");
    write_manifest(std::string(pieces_of_one_label) +
                   "SAMPLES/string-orchestra.opus\ttest\tgenre---Rock,mood---Calm\t\n"
                   "polka.flac\ttest\tgenre---Polka\t\n");
    const Json json = Json::parse(evaluate_it({"--format", "json"}).out);
    EXPECT_EQ(json["clips"], 7);
    EXPECT_EQ(json["single_label"]["clips"], 5);
    EXPECT_THAT(evaluate_it({}).out,
                HasSubstr("\nsingle-label       5 clips; the accuracies leave out the others, which have none of the "
                          "model's labels or several\n"));
}

TEST_F(EvaluateSingleLabelTest, gives_text_with_accuracies_and_the_confusion_of_the_labels_that_clips_have) {
    const Outcome outcome = evaluate_it({});
    EXPECT_EQ(outcome.exit_status, 0);
    const std::string metrics = "[01]\\.[0-9]{4}  [01]\\.[0-9]{4} to [01]\\.[0-9]{4}  ";
    EXPECT_THAT(outcome.out, testing::ContainsRegex("\naccuracy           " + metrics + "of single-label clips\n"));
    EXPECT_THAT(outcome.out, testing::ContainsRegex("\nbalanced accuracy  " + metrics + "mean over labels\n"));
    EXPECT_THAT(outcome.out,
                HasSubstr("\nconfusion of 5 single-label clips: true label (rows), predicted label (columns)\n"
                          "          1 2 3 4 5  recall\n"));
    EXPECT_THAT(
        outcome.out,
        testing::ContainsRegex(
            "\n3  Piano  [0-2] [0-2] [0-2] [0-2] [0-2]  [01]\\.[05]000  (-|[01]\\.[0-9]{4} to [01]\\.[0-9]{4})\n"));
    EXPECT_THAT(outcome.out, testing::Not(HasSubstr("\n4  Choir")));
}

TEST_F(EvaluateSingleLabelTest, compares_accuracies_of_two_single_label_models) {
    const std::string other = path("genres.earmark");
    const Json both = Json::parse(evaluate_it({"--compare", other, "--format", "json"}).out);
    const Json& accuracy = both["comparison"]["accuracy"];
    EXPECT_EQ(accuracy["model"], both["single_label"]["accuracy"]);
    EXPECT_EQ(accuracy["difference"], 0.0);
    EXPECT_EQ(accuracy["not_better_share"], 1.0);
    const Json one = Json::parse(evaluate_it({"--compare", model(), "--format", "json"}).out);
    EXPECT_FALSE(one["comparison"].contains("accuracy"));
}

}  // namespace
}  // namespace earmark
