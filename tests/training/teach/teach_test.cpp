#include "training/teach/teach.h"

#include <gmock/gmock.h>

#include <cmath>
#include <numbers>

#include "tests/support/lcg.h"
#include "tests/training/support/expect_error.h"
#include "tests/training/support/tiny_run.h"

namespace earmark {
namespace {

constexpr char transfer_recipe[] = R"(name = "transfer"
seed = 1

[classifier]
hidden_units = [12]
output = "sigmoid"
batch_size = 8
dropout = 0.2
optimizer = "adam"
learning_rate = 0.05
learning_rate_divisor = 5.0
learning_rate_reductions = 1
patience_epochs = 1
)";

/// A melody of eight tones for a number, with two overtones: every one different to the ear, and to chromaprint.
std::vector<float> melody(std::size_t number, double gain) {
    constexpr std::size_t tone_count = 8;
    constexpr std::size_t tone_samples = 3 * synthetic_rate_hz / 4;
    std::vector<float> samples;
    const std::vector<float> pitches = Lcg(static_cast<std::uint32_t>(number + 1)).values(12.0F, tone_count);
    for (const float pitch : pitches) {
        const double step = 2.0 * std::numbers::pi * 440.0 * std::exp2(std::round(pitch) / 12.0) / synthetic_rate_hz;
        for (std::size_t n = 0; n < tone_samples; ++n) {
            const double phase = step * static_cast<double>(n);
            samples.push_back(static_cast<float>(
                gain * (0.3 * std::sin(phase) + 0.2 * std::sin(2.0 * phase) + 0.1 * std::sin(3.0 * phase))));
        }
    }
    return samples;
}

/// 32 melodies with tags that have nothing to do with them, each written `copy_count` times, the third time a
/// little quieter.
std::string write_melodies(const std::filesystem::path& folder, std::size_t copy_count) {
    constexpr std::string_view tags = "aabbabbbaabaababbaabbbaabababbaa";
    std::string manifest = "path\tsplit\ttags\n";
    for (std::size_t number = 0; number < tags.size(); ++number) {
        for (std::size_t copy = 0; copy < copy_count; ++copy) {
            const std::string name = std::to_string(number) + "-" + std::to_string(copy) + ".wav";
            write_wav(folder / name, melody(number, copy < 2 ? 1.0 : 0.9));
            manifest += name + "\ttrain\ttag---" + tags[number] + "\n";
        }
    }
    return manifest;
}

// A model, and examples for other tags.
class Teach : public testing::Test {
protected:
    Teach() {
        first_.options.tags = folder_.write("first.txt", "pitch---Low\n");
        first_.train();
        options_.training.from = first_.options.out / "model.earmark";
        options_.training.data = {dataset_.path()};
        options_.training.recipe = folder_.write("transfer.toml", transfer_recipe);
        options_.training.out = folder_.path() / "work";
        options_.model = folder_.path() / "taught.earmark";
        options_.training.device = DeviceChoice::cpu;
        options_.fold_count = 4;
        options_.program = EARMARK_TRAIN_PROGRAM;
    }

    TeachingOutcome teach() { return teach(listener_); }
    TeachingOutcome teach(TrainingListener& listener) const {
        return earmark::teach(options_, read_sources(options_.training), listener);
    }

    TemporaryFolder folder_;
    SyntheticDataset dataset_{30, 10, 10};
    TinyRun first_{dataset_};
    TeachingOptions options_;
    RecordingListener listener_;
};

TEST_F(Teach, writes_a_model_of_the_new_tags_with_its_scores) {
    const TeachingOutcome outcome = teach();
    ASSERT_TRUE(outcome.finished);
    EXPECT_EQ(outcome.clip_count, 50U);
    EXPECT_FALSE(outcome.by_artist);
    ASSERT_EQ(outcome.labels.size(), 3U);
    EXPECT_GT(outcome.metrics.roc_auc.value.value(), 0.8);
    const Model model = read_model(options_.model);
    EXPECT_EQ(model.tags.size(), 3U);
    ASSERT_FALSE(model.provenance.scores.empty());
    EXPECT_EQ(model.provenance.scores[0].split, "cross-validation with 4 folds");
    EXPECT_EQ(model.provenance.scores[0].value, outcome.metrics.roc_auc.value);
}

// Without folds that keep copies together the score is 0.84: most clips are tested by a model that has heard them.
TEST_F(Teach, scores_random_tags_of_clips_that_are_there_three_times_as_it_does_of_the_clips) {
    options_.training.output = OutputKind::softmax;
    options_.training.recipe =
        folder_.write("long.toml", with(with(with(transfer_recipe, "[12]", "[64]"), "0.05", "0.02"),
                                        "patience_epochs = 1", "patience_epochs = 20"));
    options_.fold_count = 3;
    const auto score = [&](const std::string& name, std::size_t copy_count) {
        const TemporaryFolder data;
        data.write("manifest.tsv", write_melodies(data.path(), copy_count));
        options_.training.data = {data.path()};
        options_.training.out = folder_.path() / name;
        return teach();
    };
    const TeachingOutcome once = score("once", 1);
    ASSERT_TRUE(once.metrics.roc_auc.interval);
    EXPECT_THAT(listener_.warnings, testing::IsEmpty());
    const TeachingOutcome thrice = score("thrice", 3);
    EXPECT_GE(thrice.metrics.roc_auc.value, once.metrics.roc_auc.interval->low);
    EXPECT_LE(thrice.metrics.roc_auc.value, once.metrics.roc_auc.interval->high);
    ASSERT_EQ(listener_.warnings.size(), 1U);
    const auto& copies = std::get<FoundCopies>(listener_.warnings[0]);
    ASSERT_EQ(copies.groups.size(), 32U);
    EXPECT_THAT(copies.groups[2], testing::ElementsAre("2-0.wav", "2-1.wav", "2-2.wav"));
    for (const TaughtLabel& label : thrice.labels) {
        EXPECT_EQ(label.example_count, 48U);
        EXPECT_EQ(label.different_count, 16U);
    }
}

TEST_F(Teach, counts_what_was_predicted_for_each_tag) {
    options_.training.output = OutputKind::softmax;
    const TeachingOutcome outcome = teach();
    ASSERT_TRUE(outcome.confusion);
    EXPECT_EQ(outcome.confusion->clip_count(), outcome.clip_count);
    EXPECT_EQ(outcome.confusion->balanced_accuracy(), outcome.metrics.balanced_accuracy.value);
    for (std::size_t predicted = 0; predicted < 3; ++predicted) {
        std::size_t count = 0;
        for (std::size_t truth = 0; truth < 3; ++truth) count += outcome.confusion->count(truth, predicted);
        EXPECT_EQ(outcome.labels[predicted].is_never_predicted, count == 0);
    }
}

TEST_F(Teach, describes_the_final_model_and_not_a_fold) {
    teach();
    EXPECT_THAT(read_model(options_.model).provenance.training_data,
                testing::MatchesRegex("[^:]*: 3[78] clips train, 1[23] valid; [^;]*; networks of .*"));
}

TEST_F(Teach, counts_examples_and_doubts_scores_of_few) {
    const SyntheticDataset few(8, 2, 2);
    options_.training.data = {few.path()};
    options_.fold_count = 3;
    const TeachingOutcome outcome = teach();
    ASSERT_FALSE(outcome.labels.empty());
    for (const TaughtLabel& label : outcome.labels) {
        EXPECT_LT(label.example_count, 10U);
        EXPECT_EQ(label.doubt, "fewer than 10 examples");
    }
}

TEST_F(Teach, from_too_few_clips_is_an_error_that_names_what_the_user_named) {
    const SyntheticDataset few(4, 1, 1);
    options_.training.data = {few.path()};
    options_.source = "music/mine";
    EXPECT_EQ(error_of(ErrorCode::invalid_dataset, [&] { teach(); }), "music/mine: expected at least 8 clips, found 6");
}

TEST_F(Teach, finds_out_first_that_its_model_cannot_be_written) {
    options_.model = folder_.path() / "none" / "taught.earmark";
    EXPECT_THAT(error_of(ErrorCode::unwritable, [&] { teach(); }),
                testing::StartsWith(options_.model.string() + ": cannot be written"));
    options_.model = folder_.path();
    EXPECT_THAT(error_of(ErrorCode::unwritable, [&] { teach(); }), testing::HasSubstr("is a folder"));
    EXPECT_THAT(listener_.epochs, testing::IsEmpty());
}

TEST_F(Teach, that_is_stopped_writes_no_model) {
    RecordingListener stopping([](const RecordingListener& listener) { return listener.epochs.size() > 3; });
    EXPECT_FALSE(teach(stopping).finished);
    EXPECT_FALSE(std::filesystem::exists(options_.model));
}

TEST_F(Teach, recipe_without_networks_needs_a_model_to_take_them_from) {
    TinyRun run(dataset_, transfer_recipe);
    EXPECT_THAT(error_of(ErrorCode::invalid_recipe, [&] { run.train(); }), testing::HasSubstr("has no networks"));
}

}  // namespace
}  // namespace earmark
