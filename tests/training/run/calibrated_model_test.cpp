#include <gmock/gmock.h>

#include <memory>

#include "earmark/file_tagger.h"
#include "tests/training/support/expect_error.h"
#include "tests/training/support/tiny_run.h"

namespace earmark {
namespace {

using testing::HasSubstr;

constexpr const char* not_music = "other---Not music";

std::string recipe_with_all() {
    return std::string(tiny_recipe_text) + "calibration = \"platt\"\nthresholds = \"precision 0.5\"\n" +
           "[gate]\nnot_music = \"" + not_music + "\"\ncomponents = 4\n";
}

// 90 clips in the two splits of a training, three of each artist: low tones, high tones, both, and noise.
class CalibratedModel : public testing::Test {
protected:
    CalibratedModel() {
        std::string manifest = "path\tsplit\ttags\tartist\n";
        for (unsigned number = 0; number < 90; ++number) {
            const unsigned parts = 1 + number % 4;
            const std::string name = "clip-" + std::to_string(number) + ".wav";
            write_wav(files_.path() / name, synthetic_samples(parts, number, 1.5));
            manifest += name + (number % 3 == 0 ? "\tvalid\t" : "\ttrain\t") + labels[parts - 1] + "\tartist " +
                        std::to_string(number / 9) + std::to_string(number % 3) + "\n";
        }
        files_.write("manifest.tsv", manifest);
        run_.options.data = {files_.path()};
        run_.options.configurations.only_the_model = true;
    }

    // Of a clip that no training has.
    ClipResult tagged(const Model& model, unsigned parts) const {
        write_wav(files_.path() / "new.wav", synthetic_samples(parts, 1000, 1.5));
        Tagger tagger(std::make_shared<const Model>(model));
        return tag_file(tagger, files_.path() / "new.wav");
    }

    static constexpr const char* labels[] = {"pitch---Low", "pitch---High", "pitch---High,pitch---Low",
                                             "other---Not music"};
    TemporaryFolder files_;
    SyntheticDataset unused_{1, 1, 0};
    TinyRun run_{unused_, recipe_with_all()};
};

TEST_F(CalibratedModel, has_calibrations_thresholds_and_a_gate_and_not_the_tag_of_what_is_not_music) {
    const TrainingOutcome outcome = run_.train();
    ASSERT_TRUE(outcome.finished);
    const Model model = read_model(outcome.model);
    ASSERT_EQ(model.tags.size(), 2U);
    for (const Tag& tag : model.tags) {
        EXPECT_NE(tag.label, not_music);
        EXPECT_EQ(tag.calibration.kind, Calibration::Kind::platt) << tag.label;
        EXPECT_GT(tag.calibration.slope, 0.0F) << tag.label;
        EXPECT_GE(tag.threshold, 0.2F) << tag.label;
        ASSERT_TRUE(tag.score) << tag.label;
        EXPECT_GT(tag.score->roc_auc, 0.9) << tag.label;
        EXPECT_LE(tag.score->low, tag.score->roc_auc);
    }
    ASSERT_TRUE(model.gate);
    EXPECT_EQ(model.gate->component_count, 4);
    EXPECT_EQ(tagged(model, 4).status, ClipStatus::not_music);
    EXPECT_NE(tagged(model, 1).status, ClipStatus::not_music);
    EXPECT_EQ(outcome.gate.music_count + outcome.gate.not_music_count, 30U);
    EXPECT_EQ(outcome.gate.found_not_music, outcome.gate.not_music_count);
    EXPECT_THAT(run_.text("model-card.md"),
                HasSubstr("Thresholds and calibration come from a cross-validation over the training and validation "));
    EXPECT_THAT(run_.text("model-card.md"),
                AllOf(HasSubstr("Expected calibration error"), HasSubstr("## Music or not")));
    EXPECT_THAT(run_.text("model-card.md"), HasSubstr("| tag | category | threshold | ROC-AUC | labels |\n"));
    EXPECT_THAT(run_.text("tags.txt"), testing::Not(HasSubstr("Not music")));
}

TEST_F(CalibratedModel, is_the_same_when_its_training_was_stopped_in_the_cross_validation) {
    run_.train();
    const auto expected = run_.model_bytes_without_date();
    std::filesystem::remove(run_.options.out / "model.earmark");
    for (const char* fold : {"3", "4", "5"})
        std::filesystem::remove(run_.options.out / "checkpoints" /
                                (std::string("classifier-all-levels-all-scales-fold-") + fold + ".pt"));
    ASSERT_TRUE(run_.train().finished);
    EXPECT_EQ(run_.model_bytes_without_date(), expected);
}

TEST_F(CalibratedModel, knows_what_a_vocabulary_has_of_its_tags) {
    run_.options.vocabulary = files_.write(
        "vocabulary.tsv",
        "tag\tmeaning\tparent\tsource\troc_auc\tlow\thigh\nother---Not "
        "music\tNoise\t\t\t\t\t\npitch---Tone\tAny\t\t\t\t\t\n"
        "pitch---Low\tA low tone\tTone\tformula\t\t\t\npitch---High\tA high tone\tLow\tformula\t0.75\t0.5\t1\n");
    run_.options.tags = files_.write("tags.txt", "pitch---High\npitch---Low\nother---Not music\n");
    const Model model = read_model(run_.train().model);
    ASSERT_EQ(model.tags.size(), 2U);
    EXPECT_EQ(model.tags[0].name, "High");
    EXPECT_EQ(model.tags[0].meaning, "A high tone");
    EXPECT_EQ(model.tags[0].parent, "Low");
    EXPECT_EQ(model.tags[0].source, "formula");
    EXPECT_EQ(model.tags[1].parent, "") << "Tone is no tag of the model";
    EXPECT_EQ(model.tags[0].score, (TagScore{0.75, 0.5, 1.0}));
    ASSERT_TRUE(model.tags[1].score) << "of the cross-validation";
    EXPECT_GT(model.tags[1].score->roc_auc, 0.9);
    run_.options.vocabulary = files_.write("other.tsv", "tag\tmeaning\npitch---Low\tDeep\npitch---High\t\n");
    const Model again = read_model(run_.train().model);
    EXPECT_EQ(again.tags[1].meaning, "Deep");
    EXPECT_EQ(again.classifier.layers.front().weights, model.classifier.layers.front().weights);
}

TEST_F(CalibratedModel, needs_clips_that_are_music_and_others_that_are_not) {
    run_.options.recipe = files_.write("other.toml", with(recipe_with_all(), not_music, "other---Rain"));
    EXPECT_THAT(error_of(ErrorCode::invalid_dataset, [&] { run_.train(); }),
                AllOf(HasSubstr("not_music = \"other---Rain\""), HasSubstr("found 0 of 60 training clips")));
    EXPECT_FALSE(std::filesystem::exists(run_.options.out));
}

TEST_F(CalibratedModel, needs_five_artists) {
    std::string manifest = read_text(files_.path() / "manifest.tsv");
    for (std::size_t place = 0; (place = manifest.find("\tartist ", place)) != std::string::npos; ++place)
        manifest.replace(place, manifest.find('\n', place) - place, "\tone");
    files_.write("manifest.tsv", "path\tsplit\ttags\tartist" + manifest.substr(manifest.find('\n')));
    EXPECT_THAT(error_of(ErrorCode::invalid_dataset, [&] { run_.train(); }), HasSubstr("at least 5 artists"));
    EXPECT_FALSE(std::filesystem::exists(run_.options.out));
}

}  // namespace
}  // namespace earmark
