#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/program/fixture.h"

namespace earmark {
namespace {

class GateTest : public ProgramTest {
protected:
    // Of the tags of the tests' model, Rock and Piano are present.
    void give_gate(float music_bias, float greatest_distance) const {
        Model model = model_of_the_tests();
        const std::size_t length = model.feature_count();
        model.gate =
            Gate{std::vector<float>(length), music_bias, 0.5F, std::vector<float>(length, 0.0F), 1, greatest_distance};
        write_model(model, this->model());
    }
};

TEST_F(GateTest, text_has_one_line_and_no_tag_for_what_is_not_music) {
    give_gate(-1.0F, 1e9F);
    const std::string file = song("rain.wav");
    const Outcome outcome = tag({file});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_EQ(outcome.err, "");
    EXPECT_EQ(outcome.out, file + "  0:02\n  This does not sound like music.\n");
    EXPECT_THAT(tag({file, "--plain"}).out, testing::HasSubstr("Rock"));
}

TEST_F(GateTest, text_has_a_line_above_the_tags_of_unfamiliar_music) {
    give_gate(1.0F, 0.0F);
    EXPECT_THAT(
        tag({song("gamelan.wav")}).out,
        testing::HasSubstr("  0:02\n  Unlike the music this model learned from: its tags are a guess.\n  genre"));
}

TEST_F(GateTest, json_has_the_status) {
    const std::string file = song("a.wav");
    for (const auto& [bias, distance, status] :
         {std::tuple{1.0F, 1e9F, "known"}, std::tuple{1.0F, 0.0F, "unsure"}, std::tuple{-1.0F, 1e9F, "not_music"}}) {
        give_gate(bias, distance);
        const auto json = nlohmann::json::parse(tag({file, "--format", "json"}).out);
        EXPECT_EQ(json["status"], status);
        const bool is_any_present =
            std::ranges::any_of(json["tags"], [](const auto& one) { return one["present"].template get<bool>(); });
        EXPECT_EQ(is_any_present, std::string(status) != "not_music");
    }
}

TEST_F(GateTest, text_has_at_most_the_twelve_most_probable_tags) {
    Model many = model_of_the_tests();
    const std::size_t old_count = many.tags.size();
    const auto repeat = [&](LayerWeights& layer) {
        const std::size_t input_count = layer.weights.size() / layer.biases.size();
        for (std::size_t i = old_count; i < 20; ++i) {
            for (std::size_t k = 0; k < input_count; ++k) layer.weights.push_back(layer.weights[k]);
            layer.biases.push_back(layer.biases[0]);
        }
    };
    for (NetworkWeights& network : many.networks) repeat(network.output);
    repeat(many.classifier.layers.back());
    while (many.tags.size() < 20) many.tags.push_back(tag_from_label("genre---G" + std::to_string(many.tags.size())));
    for (Tag& one : many.tags) one.threshold = 0.0F;
    many.self_test.probabilities.clear();
    write_model(many, model());
    const std::string file = song("a.wav");
    const auto line_count = [&](const std::vector<std::string>& arguments) {
        const std::string out = tag(arguments).out;
        return std::ranges::count(out, '\n') - 1;
    };
    EXPECT_THAT(tag({file}).out, testing::EndsWith("\n  and 8 more tags; --present --top 20 shows them\n"));
    EXPECT_EQ(line_count({file}), 13);
    EXPECT_THAT(tag({file, "--present", "--top", "20"}).out, testing::Not(testing::HasSubstr("more")));
    EXPECT_EQ(line_count({file, "--all"}), 20);
    EXPECT_EQ(line_count({file, "--top", "15"}), 15);
    const auto json = nlohmann::json::parse(tag({file, "--format", "json"}).out);
    EXPECT_EQ(std::ranges::count_if(json["tags"], [](const auto& one) { return one["present"] == true; }), 20);
}

}  // namespace
}  // namespace earmark
