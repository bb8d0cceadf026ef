#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "earmark/embedding.h"
#include "earmark/tagger.h"
#include "tests/support/small_model.h"

namespace earmark {
namespace {

Model model_with(AcrossSegments rule) {
    Model model = small_model();
    model.aggregation.across_segments = rule;
    model.classifier = formula_classifier(model.feature_count(), {14, 9, model.tags.size()}, 5);
    return model;
}

std::vector<float> embedding_of(const Model& model) {
    Tagger tagger(std::make_shared<const Model>(model), {Precision::float32});
    return tag_samples(tagger, Lcg(3).values(0.5F, 90'000), {22'050, 1}).embedding;
}

TEST(EmbeddingLayout, covers_the_embedding_without_gap) {
    for (const AcrossSegments rule : {AcrossSegments::mean, AcrossSegments::mean_and_deviation}) {
        const Model model = model_with(rule);
        std::size_t end = 0;
        for (const EmbeddingBlock& block : embedding_layout(model)) {
            EXPECT_EQ(block.first, end);
            end += block.count;
        }
        EXPECT_EQ(end, model.feature_count());
        EXPECT_EQ(end, embedding_of(model).size());
    }
}

TEST(EmbeddingLayout, names_scale_level_and_statistic) {
    EXPECT_THAT(
        embedding_layout(model_with(AcrossSegments::mean_and_deviation)),
        testing::ElementsAre(
            EmbeddingBlock{0, 8, 18, 1, Statistic::mean}, EmbeddingBlock{8, 8, 18, 2, Statistic::mean},
            EmbeddingBlock{16, 12, 18, 3, Statistic::mean}, EmbeddingBlock{28, 8, 18, 1, Statistic::deviation},
            EmbeddingBlock{36, 8, 18, 2, Statistic::deviation}, EmbeddingBlock{44, 12, 18, 3, Statistic::deviation},
            EmbeddingBlock{56, 8, 27, 1, Statistic::mean}, EmbeddingBlock{64, 8, 27, 2, Statistic::mean},
            EmbeddingBlock{72, 12, 27, 3, Statistic::mean}, EmbeddingBlock{84, 8, 27, 1, Statistic::deviation},
            EmbeddingBlock{92, 8, 27, 2, Statistic::deviation}, EmbeddingBlock{100, 12, 27, 3, Statistic::deviation}));
}

// Filters of one level that cannot fire (bias far below 0) leave zeros where the layout has that level.
TEST(EmbeddingLayout, is_that_of_what_a_tagger_gives) {
    for (std::size_t network = 0; network < 2; ++network) {
        for (std::size_t level = 0; level < 3; ++level) {
            Model model = model_with(AcrossSegments::mean_and_deviation);
            for (float& bias : model.networks[network].convolutions[level].biases) bias = -1e6F;
            const std::vector<float> embedding = embedding_of(model);
            for (const EmbeddingBlock& block : embedding_layout(model)) {
                const bool is_silent = block.segment_frames == model.architectures[network].segment_frames &&
                                       block.level == static_cast<int>(level) + 1;
                float sum = 0.0F;
                for (std::size_t i = 0; i < block.count; ++i) sum += std::abs(embedding[block.first + i]);
                if (is_silent) {
                    EXPECT_EQ(sum, 0.0F);
                } else if (block.level <= static_cast<int>(level) && block.statistic == Statistic::mean) {
                    EXPECT_GT(sum, 0.0F);
                }
            }
        }
    }
}

// One segment deviates by nothing from its mean.
TEST(EmbeddingLayout, has_deviations_in_the_blocks_of_deviations) {
    const Model model = model_with(AcrossSegments::mean_and_deviation);
    Tagger tagger(std::make_shared<const Model>(model), {Precision::float32});
    const auto embedding = tag_samples(tagger, Lcg(3).values(0.5F, 5'000), {22'050, 1}).embedding;
    for (const EmbeddingBlock& block : embedding_layout(model)) {
        float sum = 0.0F;
        for (std::size_t i = 0; i < block.count; ++i) sum += embedding[block.first + i];
        if (block.statistic == Statistic::deviation) {
            EXPECT_EQ(sum, 0.0F);
        } else {
            EXPECT_GT(sum, 0.0F);
        }
    }
}

TEST(StandardizedEmbedding, has_the_mean_0_and_the_deviation_1_of_the_training_clips) {
    Model model = small_model();
    std::vector<float> embedding = model.classifier.means;
    embedding[3] += 2.0F * model.classifier.deviations[3];
    const std::vector<float> standardized = standardized_embedding(model, embedding);
    EXPECT_EQ(standardized[0], 0.0F);
    EXPECT_NEAR(standardized[3], 2.0F, 1e-5F);
}

TEST(CosineSimilarity, is_that_of_the_angle) {
    EXPECT_DOUBLE_EQ(cosine_similarity(std::vector{3.0F, 0.0F}, std::vector{3.0F, 4.0F}), 0.6);
    EXPECT_DOUBLE_EQ(cosine_similarity(std::vector{1.0F, 2.0F}, std::vector{-2.0F, -4.0F}), -1.0);
    EXPECT_DOUBLE_EQ(cosine_similarity(std::vector{0.0F, 0.0F}, std::vector{1.0F, 1.0F}), 0.0);
}

}  // namespace
}  // namespace earmark
