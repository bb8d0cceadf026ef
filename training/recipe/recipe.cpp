#include "training/recipe/recipe.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <fstream>
#include <numbers>
#include <sstream>
#include <string_view>
#include <system_error>

#include "datasets/text/unicode.h"
#include "earmark/error.h"
#include "training/recipe/recipe_table.h"

namespace earmark {
namespace {

SpectrogramSettings read_spectrogram(RecipeTable table) {
    SpectrogramSettings settings;
    settings.sample_rate_hz = table.integer("sample_rate_hz", 1000, 192000);
    settings.window_samples = table.integer("window_samples", 16, 65536);
    settings.hop_samples = table.integer("hop_samples", 1, 65536);
    settings.mel_band_count = table.integer("mel_bands", 1, 1024);
    settings.lowest_hz = table.number("lowest_hz", 0.0, 96000.0);
    settings.highest_hz = table.number("highest_hz", 0.0, 96000.0);
    settings.log_scale = table.number("log_scale", 1e-6, 1e9);
    table.reject_unknown();
    table.rethrow_as_recipe_error([&] { settings.check(); });
    return settings;
}

ConvolutionLayer read_layer(RecipeTable table) {
    ConvolutionLayer layer;
    layer.kernel_frames = table.integer("kernel_frames", 1, 1000);
    layer.filter_count = table.integer("filters", 1, 65536);
    layer.pool_frames = table.integer("pool_frames", 1, 1000);
    table.reject_unknown();
    return layer;
}

NetworkArchitecture read_network(RecipeTable& table) {
    NetworkArchitecture architecture;
    architecture.segment_frames = table.integer("segment_frames", 1, 100000);
    architecture.dense_unit_count = table.integer("dense_units", 1, 65536);
    for (auto& layer : table.tables("layers")) architecture.layers.push_back(read_layer(std::move(layer)));
    table.reject_unknown();
    table.rethrow_as_recipe_error([&] { architecture.check(); });
    return architecture;
}

// Checkpoints and results are named by the scale of a network.
std::vector<NetworkArchitecture> read_networks(std::vector<RecipeTable> tables) {
    std::vector<NetworkArchitecture> networks;
    for (RecipeTable& table : tables) {
        const NetworkArchitecture network = read_network(table);
        const bool is_new =
            std::ranges::find(networks, network.segment_frames, &NetworkArchitecture::segment_frames) == networks.end();
        if (!is_new) table.fail("segment_frames", "expected a scale that no other network has");
        networks.push_back(network);
    }
    return networks;
}

// Keys that recipes/paper.toml does not have may be left out.
double optional_number(RecipeTable& table, const std::string& key, double lowest, double highest) {
    return table.has(key) ? table.number(key, lowest, highest) : 0.0;
}

int optional_integer(RecipeTable& table, const std::string& key, int lowest, int highest) {
    return table.has(key) ? table.integer(key, lowest, highest) : 0;
}

void read_optimizer(RecipeTable& table, Schedule& schedule) {
    constexpr std::array optimizers{Optimizer::sgd, Optimizer::adam, Optimizer::adamw};
    schedule.optimizer = optimizers[table.one_of("optimizer", {"sgd", "adam", "adamw"})];
    schedule.learning_rate = table.number("learning_rate", 1e-9, 100.0);
    if (schedule.optimizer == Optimizer::sgd) schedule.momentum = table.number("momentum", 0.0, 0.9999);
    if (schedule.optimizer == Optimizer::adamw) schedule.weight_decay = table.number("weight_decay", 0.0, 10.0);
}

void read_learning_rate_rule(RecipeTable& table, Schedule& schedule) {
    if (table.has("schedule") && table.one_of("schedule", {"stages", "cosine"}) == 1) {
        schedule.rule = LearningRateRule::cosine;
        schedule.epochs = table.integer("epochs", 1, 100000);
        schedule.warm_up_epochs = table.integer("warm_up_epochs", 0, schedule.epochs - 1);
        constexpr std::array kept_weights{KeptWeights::best, KeptWeights::last};
        if (table.has("keep")) schedule.kept = kept_weights[table.one_of("keep", {"best", "last"})];
        return;
    }
    schedule.learning_rate_divisor = table.number("learning_rate_divisor", 1.0, 1e6);
    schedule.learning_rate_reductions = table.integer("learning_rate_reductions", 0, 100);
    schedule.patience_epochs = table.integer("patience_epochs", 1, 100000);
}

Schedule read_schedule(RecipeTable& table) {
    Schedule schedule;
    schedule.batch_size = table.integer("batch_size", 2, 1000000);
    schedule.dropout = table.number("dropout", 0.0, 0.99);
    read_optimizer(table, schedule);
    read_learning_rate_rule(table, schedule);
    schedule.label_smoothing = optional_number(table, "label_smoothing", 0.0, 0.9);
    schedule.mixup = optional_number(table, "mixup", 0.0, 100.0);
    schedule.weight_average_decay = optional_number(table, "weight_average_decay", 0.0, 0.99999);
    return schedule;
}

// One number for up and down, or lowest_gain_db and highest_gain_db.
void read_gain(RecipeTable& table, Augmentation& augmentation) {
    augmentation.highest_gain_db = optional_number(table, "gain_db", 0.0, 60.0);
    augmentation.lowest_gain_db = -augmentation.highest_gain_db;
    for (const char* key : {"lowest_gain_db", "highest_gain_db"}) {
        if (table.has(key) && table.has("gain_db")) table.fail(key, "expected this key or gain_db, not both");
    }
    if (table.has("lowest_gain_db")) augmentation.lowest_gain_db = table.number("lowest_gain_db", -60.0, 0.0);
    if (table.has("highest_gain_db")) augmentation.highest_gain_db = table.number("highest_gain_db", 0.0, 60.0);
}

Augmentation read_augmentation(RecipeTable table, int mel_band_count) {
    Augmentation augmentation;
    augmentation.random_positions = table.has("random_positions") && table.boolean("random_positions");
    read_gain(table, augmentation);
    augmentation.equalizer_db = optional_number(table, "equalizer_db", 0.0, 60.0);
    augmentation.shifted_bands = optional_number(table, "shifted_bands", 0.0, mel_band_count);
    augmentation.stretch = optional_number(table, "stretch", 0.0, 1.0);
    augmentation.masked_bands = optional_integer(table, "masked_bands", 0, mel_band_count);
    augmentation.masked_frames = optional_integer(table, "masked_frames", 0, 100000);
    augmentation.shortest_copy_frames = optional_integer(table, "shortest_copy_frames", 0, 100000);
    if (augmentation.shortest_copy_frames > 0 && !augmentation.random_positions)
        table.fail("shortest_copy_frames", "needs random_positions = true");
    augmentation.silent_high_bands = optional_integer(table, "silent_high_bands", 0, mel_band_count - 1);
    table.reject_unknown();
    return augmentation;
}

TeacherChoice read_teacher(RecipeTable table) {
    TeacherChoice teacher;
    teacher.file = table.text("file");
    constexpr std::array kinds{TeacherKind::probabilities, TeacherKind::embeddings};
    teacher.kind = kinds[table.one_of("kind", {"probabilities", "embeddings"})];
    if (table.has("weight")) teacher.weight = table.number("weight", 0.0, 1000.0);
    table.reject_unknown();
    return teacher;
}

// "best f1", "precision 0.5", or "precision 0.5, unknown as absent".
ThresholdSettings read_thresholds(RecipeTable& table, const std::string& key) {
    std::string text = table.text(key);
    ThresholdSettings thresholds;
    if (text == "best f1") return thresholds;
    constexpr std::string_view rule = "precision ";
    constexpr std::string_view addition = ", unknown as absent";
    thresholds.rule = ThresholdRule::precision;
    thresholds.unknown_is_absent = text.ends_with(addition);
    if (thresholds.unknown_is_absent) text.resize(text.size() - addition.size());
    const char* const end = text.data() + text.size();
    const bool has_number = text.starts_with(rule);
    const auto parsed = std::from_chars(has_number ? text.data() + rule.size() : end, end, thresholds.least_precision);
    if (parsed.ec != std::errc() || parsed.ptr != end ||
        !(thresholds.least_precision > 0.0 && thresholds.least_precision <= 1.0)) {
        table.fail(
            key, "expected 'best f1', 'precision P' or 'precision P, unknown as absent' with P above 0 and at most 1");
    }
    return thresholds;
}

// A table with a value for some of the categories.
template <class Read>
auto read_by_category(RecipeTable table, Read read) {
    std::map<TagCategory, std::invoke_result_t<Read, RecipeTable&, const std::string&>> values;
    for (const TagCategory category : {TagCategory::genre, TagCategory::mood, TagCategory::instrument,
                                       TagCategory::voice, TagCategory::era, TagCategory::other}) {
        const std::string name(category_name(category));
        if (table.has(name)) values[category] = read(table, name);
    }
    table.reject_unknown();
    return values;
}

bool has_thresholds_by_precision(const Recipe& recipe) {
    return recipe.thresholds.rule == ThresholdRule::precision ||
           std::ranges::any_of(recipe.category_thresholds,
                               [](const auto& of) { return of.second.rule == ThresholdRule::precision; });
}

GateRecipe read_gate(RecipeTable table) {
    GateRecipe gate;
    gate.not_music = nfc(table.text("not_music"));
    if (gate.not_music.empty()) table.fail("not_music", "expected the tag of clips that are not music");
    if (table.has("components")) gate.component_count = table.integer("components", 1, 1024);
    table.reject_unknown();
    return gate;
}

// With softmax exactly one tag is present: there is no threshold, and no clip without a tag.
void check_output(const Recipe& recipe) {
    if (recipe.output != OutputKind::softmax) return;
    const auto fail = [](const std::string& key) {
        throw Error(ErrorCode::invalid_recipe,
                    key + " is not for single-label tasks; expected classifier.output = 'sigmoid'");
    };
    if (recipe.is_calibrated) fail("classifier.calibration");
    if (has_thresholds_by_precision(recipe)) fail("classifier.thresholds");
    if (recipe.gate) fail("gate");
}

void read_classifier(RecipeTable table, Recipe& recipe) {
    recipe.classifier_hidden_units = table.integers("hidden_units", 1, 65536);
    recipe.output = table.one_of("output", {"sigmoid", "softmax"}) == 0 ? OutputKind::sigmoid : OutputKind::softmax;
    if (table.has("fusion")) {
        recipe.fusion = table.one_of("fusion", {"early", "late"}) == 0 ? Fusion::early : Fusion::late;
    }
    recipe.classifier = read_schedule(table);
    recipe.classifier_input_dropout = optional_number(table, "input_dropout", 0.0, 0.99);
    recipe.augmented_copies = optional_integer(table, "augmented_copies", 0, 1000);
    if (table.has("thresholds")) recipe.thresholds = read_thresholds(table, "thresholds");
    if (table.has("category_thresholds")) {
        recipe.category_thresholds = read_by_category(table.table("category_thresholds"), read_thresholds);
    }
    if (table.has("calibration")) recipe.is_calibrated = table.one_of("calibration", {"none", "platt"}) == 1;
    if (table.has("family_frequencies")) {
        if (!recipe.is_calibrated) table.fail("family_frequencies", "needs calibration = \"platt\"");
        recipe.family_frequencies = read_by_category(
            table.table("family_frequencies"),
            [](RecipeTable& families, const std::string& name) { return families.number(name, 0.001, 0.999); });
    }
    if (recipe.augmented_copies > 0 && recipe.augmentation == Augmentation{}) {
        table.fail("augmented_copies", "needs a table [augmentation]");
    }
    table.reject_unknown();
}

}  // namespace

namespace {

void read_teachers(RecipeTable& table, RecipeTable& local_learning, Recipe& recipe) {
    for (RecipeTable& teacher : table.tables("teachers")) recipe.teachers.push_back(read_teacher(std::move(teacher)));
    if (local_learning.has("label_weight")) recipe.label_weight = local_learning.number("label_weight", 0.0, 1000.0);
    if (recipe.local_learning.label_smoothing > 0.0)
        local_learning.fail("label_smoothing", "expected none with [[teachers]], whose labels are soft already");
}

void read_network_tables(RecipeTable& table, Recipe& recipe) {
    recipe.spectrogram = read_spectrogram(table.table("spectrogram"));
    recipe.networks = read_networks(table.tables("networks"));

    RecipeTable local_learning = table.table("local_learning");
    recipe.local_learning = read_schedule(local_learning);
    if (table.has("teachers")) read_teachers(table, local_learning, recipe);
    local_learning.reject_unknown();
    if (table.has("augmentation")) {
        recipe.augmentation = read_augmentation(table.table("augmentation"), recipe.spectrogram.mel_band_count);
    }

    RecipeTable aggregation = table.table("aggregation");
    aggregation.one_of("within_segment", {"maximum"});
    constexpr std::array across_segments{AcrossSegments::mean, AcrossSegments::mean_and_deviation};
    recipe.aggregation.across_segments =
        across_segments[aggregation.one_of("across_segments", {"mean", "mean and deviation"})];
    aggregation.reject_unknown();
}

}  // namespace

double Schedule::stage_learning_rate(int stage) const noexcept {
    return learning_rate / std::pow(learning_rate_divisor, stage);
}

double Schedule::cosine_learning_rate(double epoch) const noexcept {
    if (epoch < warm_up_epochs) return learning_rate * epoch / warm_up_epochs;
    const double fallen = std::min((epoch - warm_up_epochs) / (epochs - warm_up_epochs), 1.0);
    return learning_rate * 0.5 * (1.0 + std::cos(std::numbers::pi * fallen));
}

Recipe parse_recipe(const std::string& text, const std::string& name) {
    RecipeTable table = RecipeTable::parse(text, name);
    Recipe recipe;
    recipe.text = text;
    recipe.name = table.text("name");
    recipe.seed = static_cast<std::uint64_t>(table.integer("seed", 0, 2147483647));
    const auto is_missing = [&](const char* key) { return !table.has(key); };
    constexpr std::array network_tables{"spectrogram",  "networks",    "local_learning",
                                        "augmentation", "aggregation", "teachers"};
    if (!std::ranges::all_of(network_tables, is_missing)) read_network_tables(table, recipe);
    read_classifier(table.table("classifier"), recipe);
    if (table.has("gate")) recipe.gate = read_gate(table.table("gate"));
    table.rethrow_as_recipe_error([&] { check_output(recipe); });
    table.reject_unknown();
    return recipe;
}

const ThresholdSettings& thresholds_of(const Recipe& recipe, TagCategory category) {
    const auto found = recipe.category_thresholds.find(category);
    return found == recipe.category_thresholds.end() ? recipe.thresholds : found->second;
}

bool needs_out_of_fold(const Recipe& recipe) { return recipe.is_calibrated || has_thresholds_by_precision(recipe); }

Recipe with_output(Recipe recipe, OutputKind output) {
    if (recipe.output == output) return recipe;
    recipe.output = output;
    check_output(recipe);
    recipe.text = with_text(recipe.text, "classifier", "output", output == OutputKind::softmax ? "softmax" : "sigmoid");
    return recipe;
}

Recipe read_recipe(const std::filesystem::path& path) {
    std::error_code failure;
    const std::filesystem::file_type type = std::filesystem::status(path, failure).type();
    if (type == std::filesystem::file_type::not_found) {
        throw Error(ErrorCode::not_found, path.string() + ": no such file");
    }
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    if (type == std::filesystem::file_type::directory || !(text << file.rdbuf())) {
        throw Error(ErrorCode::unreadable, path.string() + ": expected a recipe, a readable and non-empty TOML file");
    }
    return parse_recipe(text.str(), path.string());
}

}  // namespace earmark
