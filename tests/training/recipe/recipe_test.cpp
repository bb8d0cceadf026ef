#include "training/recipe/recipe.h"

#include <gmock/gmock.h>

#include <numeric>

#include "tests/training/support/expect_error.h"
#include "tests/training/support/tiny_recipe.h"

namespace earmark {
namespace {

// The numbers of Lee & Nam 2017, as far as they are public, and the first author's code.
class PaperRecipe : public testing::Test {
protected:
    static std::vector<std::vector<ConvolutionLayer>> stacks(const Recipe& recipe) {
        std::vector<std::vector<ConvolutionLayer>> stacks;
        for (const NetworkArchitecture& network : recipe.networks) stacks.push_back(network.layers);
        return stacks;
    }

    Recipe recipe_ = read_recipe(EARMARK_SOURCE_DIR "/recipes/paper.toml");
};

TEST_F(PaperRecipe, has_the_spectrogram_of_the_authors_code) {
    const SpectrogramSettings expected{22050, 1024, 512, 128, 0.0, 11025.0, 10.0};
    EXPECT_EQ(recipe_.spectrogram, expected);
}

TEST_F(PaperRecipe, has_networks_of_18_27_and_54_frames_with_its_stacks) {
    const std::vector<std::vector<ConvolutionLayer>> expected{
        {{3, 128, 3}, {3, 128, 3}, {2, 256, 2}},
        {{3, 128, 3}, {3, 128, 3}, {3, 256, 3}},
        {{3, 128, 3}, {3, 128, 3}, {3, 256, 3}, {2, 256, 2}},
    };
    EXPECT_EQ(stacks(recipe_), expected);
    std::vector<int> scales;
    for (const NetworkArchitecture& network : recipe_.networks) scales.push_back(network.segment_frames);
    EXPECT_THAT(scales, testing::ElementsAre(18, 27, 54));
}

TEST_F(PaperRecipe, pools_every_segment_down_to_one_frame_before_256_dense_units) {
    for (const NetworkArchitecture& network : recipe_.networks) {
        EXPECT_EQ(network.output_frames(), 1);
        EXPECT_EQ(network.dense_unit_count, 256);
    }
}

TEST(RecipesOfTheDefaultModel, have_the_same_spectrogram_networks_and_augmentation) {
    const Recipe first = read_recipe(EARMARK_SOURCE_DIR "/recipes/default/pretrain.toml");
    const Recipe second = read_recipe(EARMARK_SOURCE_DIR "/recipes/default/default.toml");
    EXPECT_EQ(first.spectrogram, second.spectrogram);
    EXPECT_EQ(first.networks, second.networks);
    Augmentation of_segments = second.augmentation;
    of_segments.shortest_copy_frames = 0;  // of copies of clips, which only the second has
    EXPECT_EQ(first.augmentation, of_segments);
    EXPECT_EQ(first.aggregation, second.aggregation);
    EXPECT_FALSE(first.teachers.empty());
    EXPECT_TRUE(second.gate);
}

TEST_F(PaperRecipe, gives_an_embedding_of_1792_numbers) {
    std::size_t count = 0;
    for (const NetworkArchitecture& network : recipe_.networks) count += network.feature_count();
    EXPECT_EQ(count, 1792U);
}

TEST_F(PaperRecipe, learns_local_features_with_the_schedule_of_the_authors_code) {
    const Schedule& schedule = recipe_.local_learning;
    EXPECT_EQ(schedule.batch_size, 100);
    EXPECT_EQ(schedule.dropout, 0.5);
    EXPECT_EQ(schedule.learning_rate, 0.01);
    EXPECT_EQ(schedule.momentum, 0.9);
    EXPECT_EQ(schedule.learning_rate_divisor, 5.0);
    EXPECT_EQ(schedule.stage_count(), 5);
    EXPECT_EQ(schedule.patience_epochs, 3);
}

// Its schedule is our own and may change with what is measured.
TEST_F(PaperRecipe, has_a_classifier_of_two_hidden_layers_with_a_sigmoid_for_each_tag) {
    EXPECT_THAT(recipe_.classifier_hidden_units, testing::ElementsAre(1024, 1024));
    EXPECT_EQ(recipe_.output, OutputKind::sigmoid);
}

TEST_F(PaperRecipe, aggregates_the_maximum_within_segments_and_the_mean_across_them) {
    EXPECT_EQ(recipe_.aggregation, (Aggregation{WithinSegment::maximum, AcrossSegments::mean}));
}

TEST_F(PaperRecipe, keeps_its_text_as_it_is_in_the_file) {
    EXPECT_THAT(recipe_.text, testing::StartsWith("# Lee & Nam 2017"));
    EXPECT_EQ(parse_recipe(recipe_.text, "again").networks, recipe_.networks);
}

TEST(Recipe, takes_every_value_from_the_file) {
    const Recipe recipe = tiny_recipe();
    EXPECT_EQ(recipe.name, "tiny");
    EXPECT_EQ(recipe.seed, 7U);
    EXPECT_EQ(recipe.spectrogram, (SpectrogramSettings{8000, 256, 256, 12, 0.0, 4000.0, 10.0}));
    EXPECT_EQ(recipe.networks.at(0), (NetworkArchitecture{9, {{3, 6, 3}, {2, 8, 3}}, 10}));
    EXPECT_EQ(recipe.local_learning.batch_size, 16);
    EXPECT_EQ(recipe.local_learning.dropout, 0.2);
    EXPECT_EQ(recipe.classifier.batch_size, 8);
}

TEST(Recipe, may_ask_for_softmax) {
    const std::string text = tiny_recipe_with("output = \"sigmoid\"", "output = \"softmax\"");
    EXPECT_EQ(parse_recipe(text, "tiny.toml").output, OutputKind::softmax);
}

TEST(Recipe, with_another_output_has_a_text_that_differs_in_the_output_alone) {
    const Recipe softmax = with_output(tiny_recipe(), OutputKind::softmax);
    EXPECT_EQ(softmax.output, OutputKind::softmax);
    EXPECT_EQ(parse_recipe(softmax.text, "tiny.toml").output, OutputKind::softmax);
    // Written anew as well, so that the texts can be compared.
    const Recipe sigmoid = with_output(softmax, OutputKind::sigmoid);
    const Recipe written_so = parse_recipe(tiny_recipe_with("output = \"sigmoid\"", "output = \"softmax\""), "a.toml");
    EXPECT_EQ(with_output(written_so, OutputKind::sigmoid).text, sigmoid.text);
    const Recipe read = parse_recipe(sigmoid.text, "tiny.toml");
    EXPECT_EQ(read.networks, tiny_recipe().networks);
    EXPECT_EQ(read.spectrogram, tiny_recipe().spectrogram);
    EXPECT_EQ(read.local_learning.learning_rate, tiny_recipe().local_learning.learning_rate);
    EXPECT_EQ(read.classifier_hidden_units, tiny_recipe().classifier_hidden_units);
}

TEST(Recipe, with_another_output_keeps_a_text_that_looks_like_one) {
    const std::string text = tiny_recipe_with("name = \"tiny\"", "name = \"output = 'sigmoid'\"");
    const Recipe recipe = with_output(parse_recipe(text, "tiny.toml"), OutputKind::softmax);
    EXPECT_EQ(parse_recipe(recipe.text, "tiny.toml").name, "output = 'sigmoid'");
}

TEST(Recipe, may_learn_from_teachers) {
    const Recipe recipe =
        parse_recipe(tiny_recipe_with("[local_learning]",
                                      "[[teachers]]\nfile = \"a\"\nkind = \"probabilities\"\n"
                                      "[[teachers]]\nfile = \"b\"\nkind = \"embeddings\"\nweight = 0.5\n"
                                      "[local_learning]\nlabel_weight = 0\n"),
                     "my.toml");
    EXPECT_EQ(recipe.teachers, (std::vector<TeacherChoice>{{"a", TeacherKind::probabilities, 1.0},
                                                           {"b", TeacherKind::embeddings, 0.5}}));
    EXPECT_EQ(recipe.label_weight, 0.0);
    EXPECT_EQ(tiny_recipe().label_weight, 1.0);
}

TEST(Recipe, may_ask_for_calibration_thresholds_and_a_gate) {
    const Recipe recipe = parse_recipe(std::string(tiny_recipe_text) +
                                           "calibration = \"platt\"\nthresholds = \"precision 0.25\"\n"
                                           "[gate]\nnot_music = \"other---Noise\"\n",
                                       "my.toml");
    EXPECT_TRUE(recipe.is_calibrated);
    EXPECT_EQ(recipe.thresholds.rule, ThresholdRule::precision);
    EXPECT_EQ(recipe.thresholds.least_precision, 0.25);
    EXPECT_EQ(recipe.gate, (GateRecipe{"other---Noise", 32}));
    EXPECT_TRUE(needs_out_of_fold(recipe));
}

TEST(Recipe, may_count_clips_of_which_a_tag_is_unknown_as_without_it) {
    const auto read = [](const std::string& rule) {
        return parse_recipe(std::string(tiny_recipe_text) + "thresholds = \"" + rule + "\"\n", "my.toml");
    };
    EXPECT_FALSE(read("precision 0.5").thresholds.unknown_is_absent);
    EXPECT_TRUE(read("precision 1, unknown as absent").thresholds.unknown_is_absent);
    EXPECT_EQ(read("precision 1, unknown as absent").thresholds.least_precision, 1.0);
}

TEST(Recipe, may_have_other_thresholds_for_a_category) {
    const auto read = [](const std::string& keys) {
        return parse_recipe(std::string(tiny_recipe_text) + keys + "\n", "my.toml");
    };
    const Recipe recipe = read("category_thresholds = { mood = \"precision 0.4\" }");
    EXPECT_EQ(thresholds_of(recipe, TagCategory::mood), (ThresholdSettings{ThresholdRule::precision, 0.4, false}));
    EXPECT_EQ(thresholds_of(recipe, TagCategory::genre), ThresholdSettings{});
    EXPECT_TRUE(needs_out_of_fold(recipe));
    EXPECT_THAT(error_of(ErrorCode::invalid_recipe, [&] { read("category_thresholds = { moods = \"best f1\" }"); }),
                testing::HasSubstr("classifier.category_thresholds.moods"));
    EXPECT_THAT(error_of(ErrorCode::invalid_recipe, [&] { with_output(recipe, OutputKind::softmax); }),
                testing::StartsWith("classifier.thresholds is not for single-label tasks"));
}

TEST(Recipe, may_state_how_frequent_each_family_of_a_category_is_taken_to_be) {
    const auto read = [](const std::string& keys) {
        return parse_recipe(std::string(tiny_recipe_text) + keys + "\n", "my.toml");
    };
    const Recipe recipe = read("calibration = \"platt\"\nfamily_frequencies = { genre = 0.1 }");
    EXPECT_EQ(recipe.family_frequencies, (std::map<TagCategory, double>{{TagCategory::genre, 0.1}}));
    EXPECT_TRUE(read("calibration = \"platt\"").family_frequencies.empty());
    const auto error = [&](const std::string& keys) {
        return error_of(ErrorCode::invalid_recipe, [&] { read(keys); });
    };
    EXPECT_THAT(error("family_frequencies = { genre = 0.1 }"), testing::HasSubstr("needs calibration = \"platt\""));
    EXPECT_THAT(error("calibration = \"platt\"\nfamily_frequencies = { genre = 1 }"),
                testing::HasSubstr("classifier.family_frequencies.genre"));
    EXPECT_THAT(error("calibration = \"platt\"\nfamily_frequencies = { genres = 0.1 }"),
                testing::HasSubstr("classifier.family_frequencies.genres"));
}

TEST(Recipe, has_neither_unless_it_asks_for_them) {
    const std::string defaults = "calibration = \"none\"\nthresholds = \"best f1\"\n";
    for (const std::string& text : {std::string(tiny_recipe_text), tiny_recipe_text + defaults}) {
        const Recipe recipe = parse_recipe(text, "my.toml");
        EXPECT_FALSE(recipe.is_calibrated);
        EXPECT_EQ(recipe.thresholds, ThresholdSettings{});
        EXPECT_EQ(recipe.gate, std::nullopt);
        EXPECT_FALSE(needs_out_of_fold(recipe));
    }
}

TEST(Recipe, of_a_single_label_task_has_no_calibration_thresholds_or_gate) {
    const std::pair<const char*, const char*> keys[] = {{"calibration = \"platt\"\n", "classifier.calibration"},
                                                        {"thresholds = \"precision 0.5\"\n", "classifier.thresholds"},
                                                        {"[gate]\nnot_music = \"a\"\n", "gate"}};
    for (const auto& [key, name] : keys) {
        const Recipe recipe = parse_recipe(std::string(tiny_recipe_text) + key, "my.toml");
        EXPECT_THAT(error_of(ErrorCode::invalid_recipe, [&] { with_output(recipe, OutputKind::softmax); }),
                    testing::StartsWith(std::string(name) + " is not for single-label tasks"));
        const std::string text = with(recipe.text, "output = \"sigmoid\"", "output = \"softmax\"");
        EXPECT_THAT(error_of(ErrorCode::invalid_recipe, [&] { parse_recipe(text, "my.toml"); }),
                    testing::AllOf(testing::StartsWith("my.toml:"), testing::HasSubstr(name)));
    }
}

TEST(Recipe, may_have_one_gain_for_up_and_down_or_two) {
    const auto gains = [](const std::string& keys) {
        const Augmentation changes =
            parse_recipe(tiny_recipe_with("[aggregation]", "[augmentation]\n" + keys + "\n[aggregation]"), "my.toml")
                .augmentation;
        return std::pair(changes.lowest_gain_db, changes.highest_gain_db);
    };
    EXPECT_EQ(gains("gain_db = 3"), std::pair(-3.0, 3.0));
    EXPECT_EQ(gains("lowest_gain_db = -20\nhighest_gain_db = 6"), std::pair(-20.0, 6.0));
    EXPECT_EQ(gains("stretch = 0.1"), std::pair(0.0, 0.0));
}

TEST(Recipe, has_short_copies_of_clips_only_from_random_positions) {
    const auto read = [](const std::string& keys) {
        return parse_recipe(tiny_recipe_with("[aggregation]", "[augmentation]\n" + keys + "\n[aggregation]"),
                            "my.toml");
    };
    EXPECT_EQ(read("random_positions = true\nshortest_copy_frames = 86").augmentation.shortest_copy_frames, 86);
    EXPECT_THAT(error_of(ErrorCode::invalid_recipe, [&] { read("shortest_copy_frames = 86"); }),
                testing::HasSubstr("augmentation.shortest_copy_frames"));
}

TEST(Recipe, may_have_a_classifier_without_hidden_layers) {
    const std::string text = tiny_recipe_with("hidden_units = [12]", "hidden_units = []");
    EXPECT_TRUE(parse_recipe(text, "tiny.toml").classifier_hidden_units.empty());
}

TEST(Recipe, may_write_a_whole_number_where_a_fraction_is_possible) {
    const std::string text = tiny_recipe_with("highest_hz = 4000.0", "highest_hz = 4000");
    EXPECT_EQ(parse_recipe(text, "tiny.toml").spectrogram.highest_hz, 4000.0);
}

}  // namespace
}  // namespace earmark
