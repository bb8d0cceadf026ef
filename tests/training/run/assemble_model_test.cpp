#include "training/run/assemble_model.h"

#include <gmock/gmock.h>

#include <algorithm>

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
    LearnedWeights cancelling = weights();
    std::vector<LayerWeights>& layers = cancelling.classifier.layers;
    std::ranges::fill(layers.front().weights, 0.0F);
    std::ranges::fill(layers.front().biases, 1.0F);
    layers.back().weights.front() = 2000.4F;  // 2000 as float16
    layers.back().biases.front() = -2000.0F;
    EXPECT_EQ(exported(cancelling).weight_type, WeightType::float32);
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

}  // namespace
}  // namespace earmark
