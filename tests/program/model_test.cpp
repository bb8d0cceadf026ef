#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/program/fixture.h"

namespace earmark {
namespace {

using testing::HasSubstr;

class ModelTest : public ProgramTest {};

TEST_F(ModelTest, info_prints_the_spectrogram_the_networks_and_the_tags) {
    const Outcome outcome = run_earmark({"model", "info", model()});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_EQ(outcome.err, "");
    EXPECT_THAT(outcome.out, testing::StartsWith(model() + "\n"));
    const std::string identity = "identity      " + model_identity(read_model(model())) + "\n";
    for (const char* line :
         {"name          small\n", identity.c_str(), "format        version 3, weights as float32, with a checksum\n",
          "spectrogram   22050 Hz, window 1024, hop 512, 16 mel bands\n",
          "network       18 frames (0.42 s): 3x8/3 3x8/3 2x12/2, dense 10\n",
          "network       27 frames (0.63 s): 3x8/3 3x8/3 3x12/3, dense 10\n", "embedding     56 values\n",
          "classifier    hidden layers of 14, 9, sigmoid (any number of tags)\n",
          "gate          none: every clip counts as music\n", "tags          5\n", "  genre: Rock\n", "  mood: Calm\n",
          "  instrument: Piano\n", "  voice: Choir\n", "  era: 80s\n"})
        EXPECT_THAT(outcome.out, HasSubstr("\n" + std::string(line)));
    const std::string size = std::to_string(std::filesystem::file_size(model()));
    EXPECT_THAT(outcome.out, HasSubstr("\nsize          " + size + " bytes\n"));
}

TEST_F(ModelTest, info_prints_training_data_and_scores) {
    Model model = model_of_the_tests();
    model.provenance = {"three songs", "earmark train tiny.toml", "2026-01-31", "CC0-1.0", {{"roc_auc", "test", 0.75}}};
    write_model(model, path("scored.earmark"));
    const Outcome outcome = run_earmark({"model", "info", path("scored.earmark")});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_THAT(outcome.out, HasSubstr("\nlicense       CC0-1.0\n"));
    EXPECT_THAT(outcome.out, HasSubstr("\ntrained on    three songs\n"));
    EXPECT_THAT(outcome.out, HasSubstr("\ntrained by    earmark train tiny.toml\ndate          2026-01-31\n"));
    EXPECT_THAT(outcome.out, HasSubstr("\nscore         roc_auc on test: 0.7500\n"));
}

TEST_F(ModelTest, info_as_json_has_what_the_text_has) {
    Model model = model_of_the_tests();
    model.provenance = {"three songs", "earmark train tiny.toml", "2026-01-31", "CC0-1.0", {{"roc_auc", "test", 0.75}}};
    write_model(model, path("scored.earmark"));
    const Outcome outcome = run_earmark({"model", "info", "--format", "json", path("scored.earmark")});
    EXPECT_EQ(outcome.exit_status, 0);
    const auto json = nlohmann::json::parse(outcome.out);
    EXPECT_EQ(json["path"], path("scored.earmark"));
    EXPECT_EQ(json["identity"], model_identity(model));
    EXPECT_EQ(json["license"], "CC0-1.0");
    EXPECT_EQ(json["training_data"], "three songs");
    EXPECT_EQ(json["embedding_values"], 56);
    EXPECT_EQ(json["networks"][0]["segment_frames"], 18);
    EXPECT_EQ(json["networks"][0]["levels"][2]["filter_count"], 12);
    EXPECT_EQ(json["classifier"]["hidden_units"], nlohmann::json({14, 9}));
    EXPECT_EQ(json["classifier"]["output"], "sigmoid");
    EXPECT_EQ(json["gate"], nullptr);
    EXPECT_EQ(json["scores"], nlohmann::json::parse(R"([{"metric": "roc_auc", "split": "test", "value": 0.75}])"));
    EXPECT_EQ(json["tags"].size(), 5);
}

TEST_F(ModelTest, info_of_a_model_with_a_gate) {
    const std::size_t length = model_of_the_tests().feature_count();
    Model model = model_of_the_tests();
    model.gate = Gate{std::vector<float>(length), 0.0F, 0.5F, std::vector<float>(length, 0.0F), 1, 2.0F};
    write_model(model, path("gate.earmark"));
    EXPECT_THAT(run_earmark({"model", "info", path("gate.earmark")}).out,
                HasSubstr("\ngate          finds what is not music, and music unlike that of the training (1 principal "
                          "component)\n"));
    const auto json =
        nlohmann::json::parse(run_earmark({"model", "info", "--format", "json", path("gate.earmark")}).out);
    EXPECT_EQ(json["gate"]["greatest_distance"], 2.0);
}

TEST_F(ModelTest, an_installed_model_has_a_name) {
    for (const char* name : {"default", "free", "paper"})
        EXPECT_THAT(run_earmark({"model", "info", name}).out, HasSubstr("/models/" + std::string(name) + ".earmark\n"));
    std::filesystem::create_directories(path("here"));
    std::filesystem::copy_file(model(), path("here/paper"));
    EXPECT_THAT(run_earmark({"model", "info", path("here/paper")}).out, testing::StartsWith(path("here/paper") + "\n"));
}

TEST_F(ModelTest, info_omits_unknown_fields) {
    Model model = model_of_the_tests();
    model.provenance = {};
    write_model(model, path("unknown.earmark"));
    const Outcome outcome = run_earmark({"model", "info", path("unknown.earmark")});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_THAT(outcome.out, testing::Not(HasSubstr("license")));
    EXPECT_THAT(outcome.out, testing::Not(HasSubstr("trained")));
}

TEST_F(ModelTest, info_prints_how_many_tags_are_calibrated) {
    const Outcome outcome =
        run_earmark({"model", "info", std::string(EARMARK_GOLDEN_DIR) + "/model/version_3.earmark"});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_THAT(outcome.out, HasSubstr("\ncalibrated    2 of 3 tags (Platt scaling)\n"));
    EXPECT_THAT(run_earmark({"model", "info", model()}).out, testing::Not(HasSubstr("calibrated")));
}

TEST_F(ModelTest, verify_passes_for_a_correct_model) {
    const Outcome outcome = run_earmark({"model", "verify", model()});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_EQ(outcome.err, "");
    EXPECT_THAT(outcome.out, testing::StartsWith(model() + ": the self-test passed; "));
}

TEST_F(ModelTest, verify_reports_whether_there_is_a_checksum) {
    EXPECT_THAT(run_earmark({"model", "verify", model()}).out, HasSubstr("; the checksum of the file is right\n"));
    const std::string old = std::string(EARMARK_GOLDEN_DIR) + "/model/version_3.earmark";
    EXPECT_THAT(run_earmark({"model", "info", old}).out,
                HasSubstr("version 3, weights as float16, without a checksum\n"));
}

TEST_F(ModelTest, verify_finds_any_flipped_bit) {
    const std::string whole = read_text(model());
    for (std::size_t place = 5; place < whole.size(); place += 1 + whole.size() / 12) {
        std::string damaged = whole;
        damaged[place] = static_cast<char>(damaged[place] ^ 1);
        folder_.write("damaged.earmark", damaged);
        const Outcome outcome = run_earmark({"model", "verify", path("damaged.earmark")});
        EXPECT_EQ(outcome.exit_status, 2) << place;
        EXPECT_EQ(outcome.out, "") << place;
        EXPECT_THAT(outcome.err, is_one_line_about(path("damaged.earmark") + ": ")) << place;
    }
}

TEST_F(ModelTest, verify_fails_when_a_probability_differs_and_names_the_tag) {
    Model model = model_with_self_test();
    float& probability = model.self_test.probabilities[2];
    probability += probability < 0.5F ? 0.1F : -0.1F;
    write_model(model, path("wrong.earmark"));
    const Outcome outcome = run_earmark({"model", "verify", path("wrong.earmark")});
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_EQ(outcome.out, "");
    EXPECT_THAT(outcome.err,
                is_one_line_about(path("wrong.earmark") + ": the self-test failed: the probability of 'Piano' is "));
}

TEST_F(ModelTest, verify_allows_the_tolerance_of_the_file) {
    Model model = model_with_self_test();
    float& probability = model.self_test.probabilities[2];
    probability += probability < 0.5F ? 0.1F : -0.1F;
    model.self_test.tolerance = 0.2;
    write_model(model, path("tolerant.earmark"));
    EXPECT_EQ(run_earmark({"model", "verify", path("tolerant.earmark")}).exit_status, 0);
}

TEST_F(ModelTest, verify_fails_to_start_without_a_self_test) {
    write_model(model_of_the_tests(), path("untested.earmark"));
    const Outcome outcome = run_earmark({"model", "verify", path("untested.earmark")});
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_EQ(outcome.out, "");
    EXPECT_THAT(outcome.err, is_one_line_about(path("untested.earmark") + ": "));
}

}  // namespace
}  // namespace earmark
