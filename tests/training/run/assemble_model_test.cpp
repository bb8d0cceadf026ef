#include "training/run/assemble_model.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>

#include "metrics/tagging_report.h"
#include "tests/support/small_model.h"
#include "tests/training/support/cached_dataset.h"

namespace earmark {
namespace {

// Untrained networks for the synthetic data set.
class ExportModel : public testing::Test {
protected:
    LearnedWeights weights() const {
        LearnedWeights weights;
        std::size_t feature_count = 0;
        for (const NetworkArchitecture& architecture : recipe_.networks) {
            weights.networks.push_back(formula_network(architecture, 12, cached_.labels.size(), 9));
            feature_count += architecture.feature_count();
        }
        weights.classifier = formula_classifier(feature_count, {12, cached_.labels.size()}, 5);
        return weights;
    }

    Model exported(LearnedWeights weights) const {
        return export_model(recipe_, cached_.labels, std::move(weights), clips_, {}, 1);
    }

    SyntheticDataset files_{3, 14, 7};
    CachedDataset cached_{files_};
    TrainingClips clips_ = cached_.clips();
    Recipe recipe_ = tiny_recipe();
};

TEST_F(ExportModel, stores_weights_as_float16_where_that_changes_nothing) {
    const Model model = exported(weights());
    EXPECT_EQ(model.weight_type, WeightType::float16);
    EXPECT_NO_THROW(model.check());
    EXPECT_EQ(serialize_model(round_trip(model)), serialize_model(model));
}

TEST_F(ExportModel, stores_weights_as_float32_where_one_is_beyond_float16) {
    LearnedWeights large = weights();
    large.classifier.layers.back().weights.front() = 70000.0F;
    const Model model = exported(large);
    EXPECT_EQ(model.weight_type, WeightType::float32);
    EXPECT_EQ(model.classifier.layers.back().weights.front(), 70000.0F);
}

TEST_F(ExportModel, stores_weights_as_float32_where_float16_would_move_a_probability) {
    LearnedWeights canceling = weights();
    std::vector<LayerWeights>& layers = canceling.classifier.layers;
    std::ranges::fill(layers.front().weights, 0.0F);
    std::ranges::fill(layers.front().biases, 1.0F);
    layers.back().weights.front() = 2000.4F;  // 2000 as float16
    layers.back().biases.front() = -2000.0F;
    EXPECT_EQ(exported(canceling).weight_type, WeightType::float32);
}

TEST_F(ExportModel, has_thresholds_with_the_best_f1_on_the_validation_split) {
    const Model model = exported(weights());
    const Matrix probabilities = model_probabilities(model, clips_.valid, 1);
    for (std::size_t tag = 0; tag < model.tags.size(); ++tag) {
        std::vector<float> scores;
        std::vector<float> truths;
        for (std::size_t clip = 0; clip < clips_.valid.size(); ++clip) {
            scores.push_back(probabilities(clip, tag));
            truths.push_back(clips_.valid[clip].targets[tag]);
        }
        EXPECT_EQ(model.tags[tag].threshold, best_f1_threshold(scores, truths).value());
    }
}

TEST_F(ExportModel, gives_a_tag_without_positives_in_the_validation_split_a_threshold_of_one_half) {
    for (TrainingClip& clip : clips_.valid) clip.targets[1] = 0.0F;
    EXPECT_EQ(exported(weights()).tags[1].threshold, 0.5F);
}

/// Predictions and truths of the three tags, added clip by clip.
class Predictions {
public:
    void add(int count, std::array<float, 3> probabilities, std::vector<float> truths) {
        for (int i = 0; i < count; ++i) {
            TrainingClip& clip = clips_.emplace_back();
            clip.targets = truths;
            clip.annotations = truths;
            clip.artist = "artist " + std::to_string(clips_.size());
            values_.insert(values_.end(), probabilities.begin(), probabilities.end());
        }
    }

    OutOfFold take() const { return {Matrix(clips_.size(), 3, values_), clips_}; }

private:
    std::vector<TrainingClip> clips_;
    std::vector<float> values_;
};

// In order: a tag that is unknown for clips between those that have it, one that is unknown for clips like those that
// have it, and one that only five clips have.
TEST_F(ExportModel, takes_thresholds_by_precision_with_clips_of_unknown_tags_left_out_or_as_absent) {
    const float unknown = std::nanf("");
    Predictions predictions;
    predictions.add(5, {0.9F, 0.7F, 0.9F}, {1, 1, 1});
    predictions.add(5, {0.9F, 0.7F, 0.1F}, {1, 1, 0});
    predictions.add(10, {0.4F, 0.7F, 0.1F}, {1, 1, 0});
    predictions.add(40, {0.5F, 0.7F, 0.1F}, {unknown, unknown, 0});
    predictions.add(30, {0.1F, 0.1F, 0.1F}, {0, 0, 0});
    recipe_.thresholds.rule = ThresholdRule::precision;
    const auto thresholds = [&] {
        const Model model =
            export_model(recipe_, cached_.labels, weights(), clips_, {}, 1, {predictions.take(), {}, {}});
        std::vector<float> values;
        for (const Tag& tag : model.tags) values.push_back(tag.threshold);
        return values;
    };
    EXPECT_THAT(thresholds(), testing::ElementsAre(0.4F, 0.7F, 0.5F));
    recipe_.thresholds.unknown_is_absent = true;
    EXPECT_THAT(thresholds(), testing::ElementsAre(0.9F, 0.7F, 0.5F))
        << "the second has a precision of a third at most";
}

TEST_F(ExportModel, takes_thresholds_of_a_category_by_its_own_rule) {
    Predictions predictions;
    predictions.add(10, {0.9F, 0.9F, 0.9F}, {1, 1, 1});
    predictions.add(10, {0.4F, 0.4F, 0.4F}, {0, 0, 0});
    predictions.add(10, {0.3F, 0.3F, 0.3F}, {1, 1, 1});
    predictions.add(10, {0.1F, 0.1F, 0.1F}, {0, 0, 0});
    recipe_.thresholds = {ThresholdRule::precision, 0.9, false};
    const std::vector<std::string> labels{"mood---a", "genre---b", "mood---c"};
    recipe_.category_thresholds[TagCategory::mood] = {ThresholdRule::precision, 0.6, false};
    const Model model = export_model(recipe_, labels, weights(), clips_, {}, 1, {predictions.take(), {}, {}});
    EXPECT_EQ(model.tags[0].threshold, 0.3F);
    EXPECT_EQ(model.tags[1].threshold, 0.9F);
    EXPECT_EQ(model.tags[2].threshold, 0.3F);
}

// Of the clips with the same output, a third are known to have the tag, and of the others nothing is known.
TEST_F(ExportModel, calibrates_with_clips_of_unknown_tags_left_out_or_as_absent) {
    const float unknown = std::nanf("");
    Predictions predictions;
    predictions.add(20, {0.7F, 0.7F, 0.7F}, {1, 1, 1});
    predictions.add(40, {0.7F, 0.7F, 0.7F}, {unknown, unknown, 0});
    predictions.add(60, {0.1F, 0.1F, 0.1F}, {0, 0, 0});
    recipe_.is_calibrated = true;
    recipe_.thresholds.rule = ThresholdRule::precision;
    const auto calibrated = [&](std::size_t tag) {
        const Model model =
            export_model(recipe_, cached_.labels, weights(), clips_, {}, 1, {predictions.take(), {}, {}});
        return model.tags[tag].calibration.apply(0.7F);
    };
    EXPECT_GT(calibrated(0), 0.9F);
    EXPECT_NEAR(calibrated(2), 1.0F / 3.0F, 0.03F);
    recipe_.thresholds.unknown_is_absent = true;
    EXPECT_NEAR(calibrated(0), 1.0F / 3.0F, 0.03F);
}

// One in ten clips has the first genre, half of them have the second.
TEST_F(ExportModel, calibrates_families_as_equally_frequent_where_the_recipe_asks_for_it) {
    Predictions predictions;
    predictions.add(10, {0.3F, 0.3F, 0.3F}, {1, 1, 1});
    predictions.add(40, {0.3F, 0.3F, 0.3F}, {0, 1, 0});
    predictions.add(50, {0.3F, 0.3F, 0.3F}, {0, 0, 0});
    recipe_.is_calibrated = true;
    const std::vector<std::string> labels{"genre---a", "genre---b", "mood---c"};
    const auto calibrated = [&] {
        const Model model = export_model(recipe_, labels, weights(), clips_, {}, 1, {predictions.take(), {}, {}});
        std::vector<float> values;
        for (const Tag& tag : model.tags) values.push_back(tag.calibration.apply(0.3F));
        return values;
    };
    using testing::FloatNear;
    EXPECT_THAT(calibrated(),
                testing::ElementsAre(FloatNear(0.1F, 0.02F), FloatNear(0.5F, 0.02F), FloatNear(0.1F, 0.02F)));
    recipe_.family_frequencies = {{TagCategory::genre, 0.2}};
    EXPECT_THAT(calibrated(),
                testing::ElementsAre(FloatNear(0.2F, 0.03F), FloatNear(0.2F, 0.03F), FloatNear(0.1F, 0.02F)));
}

// People annotated the first tag of some clips only, the second of none, and nobody knows the third.
TEST_F(ExportModel, has_scores_of_tags_by_what_people_annotated_else_by_what_is_known) {
    const float unknown = std::nanf("");
    Predictions predictions;
    predictions.add(10, {0.9F, 0.9F, 0.9F}, {1, 1, unknown});
    predictions.add(10, {0.8F, 0.1F, 0.1F}, {0, 0, unknown});
    predictions.add(10, {0.1F, 0.8F, 0.1F}, {1, 0, unknown});
    OutOfFold out_of_fold = predictions.take();
    for (std::size_t clip = 0; clip < 30; ++clip) {
        out_of_fold.clips[clip].annotations = {out_of_fold.clips[clip].targets[0], unknown, unknown};
        if (clip >= 20) out_of_fold.clips[clip].annotations[0] = unknown;
    }
    const auto scores = [&] {
        Model model = export_model(recipe_, cached_.labels, weights(), clips_, {}, 1, {out_of_fold, {}, {}});
        std::vector<std::optional<TagScore>> values;
        for (const Tag& tag : model.tags) values.push_back(tag.score);
        return values;
    };
    EXPECT_EQ(scores()[0], (TagScore{1.0, 1.0, 1.0}));
    EXPECT_EQ(scores()[1], (TagScore{1.0, 1.0, 1.0}));
    EXPECT_EQ(scores()[2], std::nullopt);
    for (TrainingClip& clip : out_of_fold.clips) clip.annotations = clip.targets;
    const TagScore all = scores()[0].value();
    EXPECT_NEAR(all.roc_auc, 0.5, 1e-9);
    EXPECT_LT(all.low, 0.4);
    EXPECT_GT(all.high, 0.6);
    out_of_fold.are_music.assign(30, true);
    std::fill(out_of_fold.are_music.begin() + 10, out_of_fold.are_music.begin() + 20, false);
    EXPECT_EQ(scores()[0], std::nullopt) << "all music has the tag";
}

TEST_F(ExportModel, keeps_the_score_that_a_vocabulary_states) {
    Predictions predictions;
    predictions.add(10, {0.9F, 0.9F, 0.9F}, {1, 1, 1});
    predictions.add(10, {0.1F, 0.1F, 0.1F}, {0, 0, 0});
    std::vector<Tag> vocabulary;
    for (const std::string& label : cached_.labels) vocabulary.push_back(tag_from_label(label));
    vocabulary[0].score = TagScore{0.7, 0.6, 0.8};
    const Model model =
        export_model(recipe_, cached_.labels, weights(), clips_, {}, 1, {predictions.take(), {}, vocabulary});
    EXPECT_EQ(model.tags[0].score, (TagScore{0.7, 0.6, 0.8}));
    EXPECT_EQ(model.tags[1].score, (TagScore{1.0, 1.0, 1.0}));
}

TEST_F(ExportModel, has_no_threshold_below_a_fifth) {
    Predictions predictions;
    predictions.add(10, {0.15F, 0.9F, 0.9F}, {1, 1, 1});
    recipe_.thresholds.rule = ThresholdRule::precision;
    EXPECT_EQ(
        export_model(recipe_, cached_.labels, weights(), clips_, {}, 1, {predictions.take(), {}, {}}).tags[0].threshold,
        0.2F);
}

}  // namespace
}  // namespace earmark
