#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/temporary_folder.h"
#include "tests/training/support/expect_error.h"
#include "tests/training/support/tiny_recipe.h"
#include "training/recipe/recipe.h"

namespace earmark {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

struct WrongRecipe {
    const char* subject;  // ends the test's name
    const char* start;    // where the change is made: the first `from` after it
    const char* from;
    const char* to;
    const char* message;  // how the error starts
};

void PrintTo(const WrongRecipe& wrong, std::ostream* stream) { *stream << wrong.subject; }

class RecipeError : public testing::TestWithParam<WrongRecipe> {};

TEST_P(RecipeError, names_file_line_and_key) {
    const WrongRecipe& wrong = GetParam();
    const std::string text = tiny_recipe_with(wrong.from, wrong.to, wrong.start);
    EXPECT_THAT(error_of(ErrorCode::invalid_recipe, [&] { parse_recipe(text, "my.toml"); }), StartsWith(wrong.message));
}

std::string subject_of(const testing::TestParamInfo<WrongRecipe>& info) { return info.param.subject; }

INSTANTIATE_TEST_SUITE_P(
    of_an_unknown_key, RecipeError,
    testing::Values(WrongRecipe{"at_the_top", "", "seed = 7", "seed = 7\nsede = 7",
                                "my.toml:3: sede: unknown key; known here: "},
                    WrongRecipe{"in_spectrogram", "", "hop_samples = 256", "hop_samples = 256\nhops = 2",
                                "my.toml:8: spectrogram.hops: unknown key"},
                    WrongRecipe{"in_a_network", "segment_frames = 18", "dense_units", "units = 1\ndense_units",
                                "my.toml:23: networks[1].units: unknown key"},
                    WrongRecipe{"in_a_layer", "segment_frames = 18", "filters = 6", "filters = 6, stride = 1",
                                "my.toml:25: networks[1].layers[0].stride: unknown key"},
                    WrongRecipe{"in_local_learning", "[local_learning]", "dropout = 0.2",
                                "dropuot = 0.2\ndropout = 0.2", "my.toml:31: local_learning.dropuot: unknown key"},
                    WrongRecipe{"in_aggregation", "", "[aggregation]", "[aggregation]\nlevels = 3",
                                "my.toml:40: aggregation.levels: unknown key"},
                    WrongRecipe{"in_classifier", "", "[classifier]", "[classifier]\nwidth = 3",
                                "my.toml:44: classifier.width: unknown key"}),
    subject_of);

INSTANTIATE_TEST_SUITE_P(
    of_a_wrong_type, RecipeError,
    testing::Values(WrongRecipe{"number_for_text", "", "name = \"tiny\"", "name = 3",
                                "my.toml:1: name: expected a text in quotes"},
                    WrongRecipe{"text_for_whole_number", "", "seed = 7", "seed = \"7\"",
                                "my.toml:2: seed: expected a whole number"},
                    WrongRecipe{"fraction_for_whole_number", "", "mel_bands = 12", "mel_bands = 12.0",
                                "my.toml:8: spectrogram.mel_bands: expected a whole number from 1 to 1024"},
                    WrongRecipe{"text_for_number", "", "log_scale = 10.0", "log_scale = \"10\"",
                                "my.toml:11: spectrogram.log_scale: expected a number from "},
                    WrongRecipe{"number_for_list", "", "hidden_units = [12]", "hidden_units = 12",
                                "my.toml:44: classifier.hidden_units: expected a list of whole numbers"},
                    WrongRecipe{"text_in_list", "", "hidden_units = [12]", "hidden_units = [12, \"9\"]",
                                "my.toml:44: classifier.hidden_units[1]: expected a whole number from 1 to 65536"},
                    WrongRecipe{"number_for_choice", "", "output = \"sigmoid\"", "output = 1",
                                "my.toml:45: classifier.output: expected one of \"sigmoid\", \"softmax\""},
                    WrongRecipe{"number_for_table", "", "[aggregation]", "[aggregated]",
                                "my.toml: aggregation: missing; expected a table"},
                    WrongRecipe{"numbers_for_layers", "", "layers = [\n", "layers = [ 1,\n",
                                "my.toml:16: networks[0].layers: expected a list of at least one table"},
                    WrongRecipe{"no_layers", "segment_frames = 18",
                                "\n  { kernel_frames = 3, filters = 6, pool_frames = 3 },\n"
                                "  { kernel_frames = 3, filters = 8, pool_frames = 6 },\n",
                                "", "my.toml:24: networks[1].layers: expected a list of at least one table"}),
    subject_of);

INSTANTIATE_TEST_SUITE_P(
    of_a_value_out_of_range, RecipeError,
    testing::Values(
        WrongRecipe{"negative_seed", "", "seed = 7", "seed = -1", "my.toml:2: seed: expected a whole number from 0 "},
        WrongRecipe{"dropout_of_all", "[local_learning]", "dropout = 0.2", "dropout = 1.0",
                    "my.toml:31: local_learning.dropout: expected a number from 0 to 0.99"},
        WrongRecipe{"not_a_number", "[classifier]", "learning_rate = 0.05", "learning_rate = nan",
                    "my.toml:49: classifier.learning_rate: expected a number"},
        WrongRecipe{"copies_that_nothing_changes", "[classifier]", "dropout = 0.2",
                    "dropout = 0.2\naugmented_copies = 2",
                    "my.toml:48: classifier.augmented_copies: needs a table [augmentation]"},
        WrongRecipe{"teacher_of_no_kind", "", "[local_learning]",
                    "[[teachers]]\nfile = \"a\"\nkind = \"guesses\"\n[local_learning]",
                    "my.toml:31: teachers[0].kind: expected one of \"probabilities\", \"embeddings\""},
        WrongRecipe{"smoothing_of_soft_labels", "", "[local_learning]",
                    "[[teachers]]\nfile = \"a\"\nkind = \"embeddings\"\n[local_learning]\nlabel_smoothing = 0.1",
                    "my.toml:33: local_learning.label_smoothing: expected none with [[teachers]]"},
        WrongRecipe{"label_weight_without_teachers", "", "[local_learning]", "[local_learning]\nlabel_weight = 0.5",
                    "my.toml:30: local_learning.label_weight: unknown key"},
        WrongRecipe{"gain_twice", "", "[aggregation]",
                    "[augmentation]\ngain_db = 3\nlowest_gain_db = -9\n[aggregation]",
                    "my.toml:41: augmentation.lowest_gain_db: expected this key or gain_db, not both"},
        WrongRecipe{"batch_of_one", "[local_learning]", "batch_size = 16", "batch_size = 1",
                    "my.toml:30: local_learning.batch_size: expected a whole number from 2 "},
        WrongRecipe{"no_patience", "[classifier]", "patience_epochs = 1", "patience_epochs = 0",
                    "my.toml:52: classifier.patience_epochs: expected a whole number from 1 "},
        WrongRecipe{"beyond_32_bits", "", "mel_bands = 12", "mel_bands = 4294967308",
                    "my.toml:8: spectrogram.mel_bands: expected a whole number"},
        WrongRecipe{"unknown_optimizer", "[classifier]", "\"adam\"", "\"sdg\"",
                    "my.toml:48: classifier.optimizer: expected one of \"sgd\", \"adam\""},
        WrongRecipe{"momentum_of_an_optimizer_without", "[classifier]", "optimizer", "momentum = 0.9\noptimizer",
                    "my.toml:48: classifier.momentum: unknown key"},
        WrongRecipe{"unknown_output", "", "output = \"sigmoid\"", "output = \"relu\"",
                    "my.toml:45: classifier.output: expected one of \"sigmoid\", \"softmax\""},
        WrongRecipe{"unknown_fusion", "", "hidden_units = [12]", "hidden_units = [12]\nfusion = \"mean\"",
                    "my.toml:45: classifier.fusion: expected one of \"early\", \"late\""},
        WrongRecipe{"unknown_aggregation", "", "\"maximum\"", "\"mean\"",
                    "my.toml:40: aggregation.within_segment: expected one of \"maximum\""},
        WrongRecipe{"window_that_is_no_power_of_two", "", "window_samples = 256", "window_samples = 250",
                    "my.toml:4: spectrogram: window_samples"},
        WrongRecipe{"pooling_that_leaves_no_frame", "segment_frames = 18", "pool_frames = 6", "pool_frames = 7",
                    "my.toml:21: networks[1]: "},
        WrongRecipe{"scale_that_is_there_twice", "", "segment_frames = 9", "segment_frames = 18",
                    "my.toml:22: networks[1].segment_frames: expected a scale that no other network has"}),
    subject_of);

INSTANTIATE_TEST_SUITE_P(
    of_decisions, RecipeError,
    testing::Values(WrongRecipe{"another_calibration", "", "[classifier]", "[classifier]\ncalibration = \"beta\"",
                                "my.toml:44: classifier.calibration: expected "},
                    WrongRecipe{"another_rule", "", "[classifier]", "[classifier]\nthresholds = \"recall 0.5\"",
                                "my.toml:44: classifier.thresholds: expected 'best f1', 'precision P'"},
                    WrongRecipe{"no_precision", "", "[classifier]", "[classifier]\nthresholds = \"precision \"",
                                "my.toml:44: classifier.thresholds: expected "},
                    WrongRecipe{"a_precision_of_0", "", "[classifier]", "[classifier]\nthresholds = \"precision 0\"",
                                "my.toml:44: classifier.thresholds: expected "},
                    WrongRecipe{"a_precision_above_1", "", "[classifier]",
                                "[classifier]\nthresholds = \"precision 1.5\"",
                                "my.toml:44: classifier.thresholds: expected "},
                    WrongRecipe{"a_precision_that_goes_on", "", "[classifier]",
                                "[classifier]\nthresholds = \"precision 0.5 or so\"",
                                "my.toml:44: classifier.thresholds: expected "},
                    WrongRecipe{"a_gate_without_tag", "", "[classifier]", "[gate]\n[classifier]",
                                "my.toml:43: gate.not_music: missing"},
                    WrongRecipe{"a_gate_of_an_empty_tag", "", "[classifier]", "[gate]\nnot_music = \"\"\n[classifier]",
                                "my.toml:44: gate.not_music: expected the tag"},
                    WrongRecipe{"a_gate_of_no_components", "", "[classifier]",
                                "[gate]\nnot_music = \"a\"\ncomponents = 0\n[classifier]",
                                "my.toml:45: gate.components: expected a whole number from 1 to 1024"},
                    WrongRecipe{"an_unknown_key_of_a_gate", "", "[classifier]",
                                "[gate]\nnot_music = \"a\"\nmusic = 1\n[classifier]",
                                "my.toml:45: gate.music: unknown key"}),
    subject_of);

INSTANTIATE_TEST_SUITE_P(
    of_a_missing_key, RecipeError,
    testing::Values(
        WrongRecipe{"at_the_top", "", "name = \"tiny\"\n", "", "my.toml: name: missing; expected a text in quotes"},
        WrongRecipe{"in_spectrogram", "", "hop_samples = 256\n", "",
                    "my.toml:4: spectrogram.hop_samples: missing; expected a"},
        WrongRecipe{"in_a_layer", "segment_frames = 18", "filters = 6, ", "",
                    "my.toml:25: networks[1].layers[0].filters: missing; expected a whole number from 1 to 65536"},
        WrongRecipe{"in_local_learning", "[local_learning]", "momentum = 0.9\n", "",
                    "my.toml:29: local_learning.momentum: missing; expected a number from 0 to 0.9999"}),
    subject_of);

class RecipeFile : public testing::Test {
protected:
    std::string error_of_text(const std::string& text) const {
        const auto file = folder_.write("my.toml", text);
        const std::string message = error_of(ErrorCode::invalid_recipe, [&] { read_recipe(file); });
        EXPECT_THAT(message, StartsWith(file.string()));
        return message;
    }

    TemporaryFolder folder_;
};

TEST_F(RecipeFile, that_is_not_toml_is_an_error_with_its_line) {
    EXPECT_THAT(error_of_text("name = \"tiny\"\nseed 7\n"), HasSubstr("my.toml:2: not TOML: "));
    EXPECT_THAT(error_of_text("name = \"tiny\"\nname = \"again\"\n"), HasSubstr("my.toml:2: not TOML: "));
    EXPECT_THAT(error_of_text("name = \"\xff\"\n"), HasSubstr("my.toml:1: not TOML: "));
    EXPECT_THAT(error_of_text("seed = 99999999999999999999\n"), HasSubstr("my.toml:1: not TOML: "));
}

TEST_F(RecipeFile, that_is_cut_short_anywhere_is_an_error) {
    const std::string text = tiny_recipe_text;
    const std::size_t end_of_last_key = text.rfind("= 1") + 2;
    for (std::size_t length = 1; length <= end_of_last_key; length += 7) {
        EXPECT_THROW(parse_recipe(text.substr(0, length), "my.toml"), Error) << "cut after " << length << " bytes";
    }
}

TEST_F(RecipeFile, that_is_empty_is_an_error_that_names_what_is_expected) {
    const auto file = folder_.write("empty.toml", "");
    EXPECT_THAT(error_of(ErrorCode::unreadable, [&] { read_recipe(file); }),
                AllOf(StartsWith(file.string()), HasSubstr("non-empty TOML file")));
    EXPECT_THAT(error_of_text("\n# nothing but a comment\n"), HasSubstr("name: missing; expected"));
}

TEST_F(RecipeFile, that_is_missing_is_an_error_that_names_it) {
    const auto missing = folder_.path() / "none.toml";
    EXPECT_EQ(error_of(ErrorCode::not_found, [&] { read_recipe(missing); }), missing.string() + ": no such file");
}

TEST_F(RecipeFile, that_is_a_folder_or_below_a_file_is_an_error_that_names_it) {
    EXPECT_THAT(error_of(ErrorCode::unreadable, [&] { read_recipe(folder_.path()); }),
                StartsWith(folder_.path().string()));
    const auto below = folder_.write("my.toml", tiny_recipe_text) / "recipe.toml";
    EXPECT_THAT(error_of(ErrorCode::not_found, [&] { read_recipe(below); }), StartsWith(below.string()));
}

TEST_F(RecipeFile, with_a_name_that_is_too_long_is_an_error) {
    const auto path = folder_.path() / std::string(300, 'x');
    EXPECT_THAT(error_of(ErrorCode::unreadable, [&] { read_recipe(path); }), StartsWith(path.string()));
}

}  // namespace
}  // namespace earmark
