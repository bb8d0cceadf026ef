#include "earmark/tagger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <thread>

#include "earmark/aggregation.h"
#include "earmark/error.h"
#include "tagger/clip_embedder.h"
#include "tests/support/composed_stages.h"
#include "tests/support/golden_file.h"
#include "tests/support/small_model.h"
#include "tests/support/whole_stages.h"

namespace earmark {
namespace {

std::shared_ptr<const Model> shared(Model model) { return std::make_shared<const Model>(std::move(model)); }

std::shared_ptr<const Model> shared_small_model() { return shared(small_model()); }

// Noise below a rising tone, so that segments differ.
std::vector<float> signal(std::size_t sample_count) {
    std::vector<float> samples = Lcg(4).values(0.2F, sample_count);
    for (std::size_t n = 0; n < sample_count; ++n) {
        const double time_s = static_cast<double>(n) / 22050.0;
        samples[n] += static_cast<float>(0.5 * std::sin(2.0 * 3.14159265358979 * (200.0 + 100.0 * time_s) * time_s));
    }
    return samples;
}

// In float32, so that nothing depends on the processor.
Tagger tagger_of(std::shared_ptr<const Model> model) { return Tagger(std::move(model), {Precision::float32}); }

Tagger small_tagger() { return tagger_of(shared_small_model()); }

ClipResult result_of(Tagger& tagger, const std::vector<float>& samples) {
    return tag_samples(tagger, samples, {22'050, 1});
}

std::vector<float> probabilities_of(Tagger& tagger, const std::vector<float>& samples) {
    return result_of(tagger, samples).probabilities;
}

std::vector<RankedTag> tags_of(const Model& model, const std::vector<float>& samples) {
    Tagger tagger = tagger_of(shared(model));
    return rank(model, probabilities_of(tagger, samples));
}

// A log-mel spectrogram through the tagger's own path.
std::vector<float> embedding_of(const Model& model, const Matrix& log_mel) {
    ClipEmbedder embedder(shared(model), Precision::float32, true);
    for (std::size_t frame = 0; frame < log_mel.row_count(); ++frame) embedder.add(log_mel.row(frame));
    return embedder.finish();
}

ErrorCode code_of(Tagger& tagger, const std::vector<float>& samples) {
    try {
        result_of(tagger, samples);
    } catch (const Error& error) {
        return error.code();
    }
    return ErrorCode::usage;
}

TEST(SmallModel, of_these_tests_passes_its_check) { EXPECT_NO_THROW(small_model().check()); }

TEST(Tagger, keeps_the_model_that_it_shares) {
    const auto model = shared_small_model();
    EXPECT_EQ(&Tagger(model).model(), model.get());
}

TEST(Rank, gives_every_tag_once) {
    std::vector<std::size_t> indices;
    for (const RankedTag& tag : tags_of(small_model(), signal(30'000))) {
        indices.push_back(tag.tag_index);
    }
    EXPECT_THAT(indices, testing::UnorderedElementsAre(0, 1, 2, 3, 4));
}

TEST(Rank, gives_the_most_probable_tag_first) {
    const auto tags = tags_of(small_model(), signal(30'000));
    EXPECT_TRUE(std::ranges::is_sorted(tags, std::ranges::greater(), &RankedTag::probability));
    EXPECT_GT(tags.front().probability, tags.back().probability);
}

TEST(Rank, gives_equal_tags_in_the_order_of_the_model) {
    Model model = small_model();
    std::ranges::fill(model.classifier.layers.back().weights, 0.0F);
    model.classifier.layers.back().biases = {0.0F, 1.0F, 0.0F, 1.0F, 0.0F};
    std::vector<std::size_t> indices;
    for (const RankedTag& tag : tags_of(model, signal(10'000))) {
        indices.push_back(tag.tag_index);
    }
    EXPECT_THAT(indices, testing::ElementsAre(1, 3, 0, 2, 4));
}

TEST(Rank, has_a_tag_present_from_its_threshold_on) {
    Model model = small_model();
    Tagger tagger = tagger_of(shared(model));
    const float probability = probabilities_of(tagger, signal(30'000))[2];
    for (const auto& [threshold, present] : {std::pair(probability, true),
                                             {std::nextafter(probability, 0.0F), true},
                                             {std::nextafter(probability, 1.0F), false}}) {
        model.tags[2].threshold = threshold;
        const auto tags = tags_of(model, signal(30'000));
        EXPECT_EQ(std::ranges::find(tags, 2U, &RankedTag::tag_index)->present, present) << threshold;
    }
}

TEST(Rank, takes_the_threshold_of_each_tag) {
    Model model = small_model();
    for (std::size_t index = 0; index < model.tags.size(); ++index) {
        model.tags[index].threshold = index % 2 == 0 ? 0.0F : 1.0F;
    }
    for (const RankedTag& tag : tags_of(model, signal(30'000))) {
        EXPECT_EQ(tag.present, tag.tag_index % 2 == 0) << tag.tag_index;
    }
}

TEST(Tagger, gives_probabilities_and_embedding_and_duration_from_one_pass) {
    Tagger tagger = small_tagger();
    const ClipResult result = result_of(tagger, signal(33'075));
    EXPECT_EQ(result.probabilities.size(), 5U);
    EXPECT_EQ(result.embedding.size(), tagger.model().feature_count());
    EXPECT_EQ(result.duration_s, 1.5);
    EXPECT_EQ(result.warning, "");
    const Matrix probabilities =
        Classifier(tagger.model().classifier).probabilities(Matrix(1, result.embedding.size(), result.embedding));
    EXPECT_TRUE(std::ranges::equal(probabilities.values(), result.probabilities));
}

TEST(Tagger, gives_the_embedding_of_the_stages_one_after_the_other) {
    Tagger tagger = small_tagger();
    const Matrix log_mel = log_mel_of(Spectrogram(tagger.model().spectrogram), signal(30'000));
    EXPECT_EQ(result_of(tagger, signal(30'000)).embedding, composed_embedding(tagger.model(), log_mel));
}

TEST(Tagger, gives_the_embedding_with_deviations_where_the_model_has_them) {
    Model model = small_model();
    model.aggregation.across_segments = AcrossSegments::mean_and_deviation;
    model.classifier = formula_classifier(model.feature_count(), {14, 9, model.tags.size()}, 5);
    const Matrix log_mel = Lcg(8).matrix(1.0F, 200, 16);
    const std::vector<float> embedding = embedding_of(model, log_mel);
    EXPECT_EQ(embedding.size(), 2 * small_model().feature_count());
    EXPECT_EQ(embedding, composed_embedding(model, log_mel));
}

TEST(Tagger, gives_the_embedding_of_a_long_clip_that_it_works_on_in_blocks) {
    const Matrix log_mel = Lcg(8).matrix(1.0F, 5011, 16);
    EXPECT_EQ(embedding_of(small_model(), log_mel), composed_embedding(small_model(), log_mel));
}

TEST(Tagger, normalizes_with_the_constants_of_the_model) {
    Model model = small_model();
    const Matrix log_mel = Lcg(8).matrix(1.0F, 60, 16);
    Matrix shifted = log_mel;
    std::ranges::for_each(shifted.values(), [](float& value) { value = value * 2.0F + 3.0F; });
    const auto expected = embedding_of(model, log_mel);
    model.normalization = {model.normalization.mean * 2.0F + 3.0F, model.normalization.deviation * 2.0F};
    EXPECT_LT(greatest_difference(embedding_of(model, shifted), expected), 1e-5);
}

TEST(Tagger, gives_an_embedding_with_the_networks_of_the_paper_that_agrees_with_pytorch) {
    Model model = small_model();
    model.spectrogram.mel_band_count = 128;
    model.normalization = {0.25F, 0.5F};
    model.architectures = paper_architectures();
    model.networks.clear();
    for (const NetworkArchitecture& architecture : model.architectures) {
        const auto seed = static_cast<std::uint32_t>(architecture.segment_frames);
        model.networks.push_back(formula_network(architecture, 128, 50, seed));
    }
    model.classifier = formula_classifier(1792, {5}, 1);
    Matrix log_mel = Lcg(7).matrix(2.0F, 200, 128);
    std::ranges::for_each(log_mel.values(), [](float& value) { value = value * 0.5F + 0.25F; });
    GoldenFile golden("network/embedding.f32");
    EXPECT_LT(greatest_difference(embedding_of(model, log_mel), golden.values(1792)), 1e-4);
}

TEST(Tagger, probabilities_depend_on_the_audio) {
    Tagger tagger = small_tagger();
    EXPECT_GT(greatest_difference(probabilities_of(tagger, signal(30'000)),
                                  probabilities_of(tagger, std::vector<float>(30'000))),
              1e-3);
}

class Length : public testing::TestWithParam<std::size_t> {};

TEST_P(Length, of_a_short_clip_is_no_obstacle) {
    Tagger tagger(shared_small_model(), {.precision = Precision::float32, .plain = true});
    const auto probabilities = probabilities_of(tagger, signal(GetParam()));
    EXPECT_THAT(probabilities, testing::Each(testing::AllOf(testing::Gt(0.0F), testing::Lt(1.0F))));
}

INSTANTIATE_TEST_SUITE_P(Samples, Length, testing::Values(1, 2, 511, 512, 513, 1023, 1024, 9000),
                         testing::PrintToStringParamName());

TEST(Tagger, silence_gives_finite_probabilities_where_it_counts) {
    Tagger tagger(shared_small_model(), {.precision = Precision::float32, .plain = true});
    const auto probabilities = probabilities_of(tagger, std::vector<float>(22'050));
    EXPECT_THAT(probabilities, testing::Each(testing::AllOf(testing::Gt(0.0F), testing::Lt(1.0F))));
}

TEST(Tagger, refuses_audio_without_samples) {
    Tagger tagger = small_tagger();
    EXPECT_EQ(code_of(tagger, {}), ErrorCode::damaged_audio);
}

class BadSample : public testing::TestWithParam<float> {};

TEST_P(BadSample, that_is_not_finite_is_refused) {
    Tagger tagger = small_tagger();
    std::vector<float> samples = signal(30'000);
    samples[20'000] = GetParam();
    EXPECT_EQ(code_of(tagger, samples), ErrorCode::damaged_audio);
}

INSTANTIATE_TEST_SUITE_P(Values, BadSample,
                         testing::Values(std::numeric_limits<float>::quiet_NaN(),
                                         std::numeric_limits<float>::infinity()));

TEST(Tagger, goes_on_after_audio_that_it_refused) {
    Tagger tagger = small_tagger();
    const auto before = probabilities_of(tagger, signal(30'000));
    EXPECT_EQ(code_of(tagger, std::vector<float>(3000, std::nanf(""))), ErrorCode::damaged_audio);
    EXPECT_EQ(probabilities_of(tagger, signal(30'000)), before);
}

TEST(Tagger, does_not_remember_earlier_clips) {
    Tagger tagger = small_tagger();
    const auto before = probabilities_of(tagger, signal(30'000));
    probabilities_of(tagger, signal(70'000));
    probabilities_of(tagger, signal(1));
    EXPECT_EQ(probabilities_of(tagger, signal(30'000)), before);
}

TEST(Tagger, two_side_by_side_on_one_model_give_the_same_as_one_alone) {
    const auto model = shared_small_model();
    Tagger alone = tagger_of(model);
    const auto expected = probabilities_of(alone, signal(60'000));
    std::vector<std::vector<float>> results(2);
    std::vector<std::thread> workers;
    for (auto& result : results) {
        workers.emplace_back([&] {
            Tagger tagger = tagger_of(model);
            for (int round = 0; round < 5; ++round) {
                result = probabilities_of(tagger, signal(60'000));
            }
        });
    }
    for (std::thread& worker : workers) {
        worker.join();
    }
    EXPECT_EQ(results[0], expected);
    EXPECT_EQ(results[1], expected);
}

TEST(Tagger, may_run_on_another_thread_than_made_it) {
    Tagger tagger = small_tagger();
    Tagger other = small_tagger();
    const auto expected = probabilities_of(other, signal(30'000));
    std::vector<float> result;
    std::thread([&] { result = probabilities_of(tagger, signal(30'000)); }).join();
    EXPECT_EQ(result, expected);
}

TEST(Rank, with_softmax_has_only_the_most_probable_tag_present_whatever_the_thresholds) {
    for (const float threshold : {0.0F, 1.0F}) {
        Model model = small_model();
        model.classifier.output = OutputKind::softmax;
        for (Tag& tag : model.tags) tag.threshold = threshold;
        const auto tags = rank(model, std::vector<float>{0.1F, 0.2F, 0.4F, 0.2F, 0.1F});
        EXPECT_EQ(tags[0].tag_index, 2U);
        for (const RankedTag& tag : tags) EXPECT_EQ(tag.present, tag.tag_index == 2U);
    }
}

TEST(Tagger, with_softmax_gives_probabilities_that_sum_to_1) {
    Model model = small_model();
    model.classifier.output = OutputKind::softmax;
    Tagger tagger = tagger_of(shared(model));
    const auto probabilities = probabilities_of(tagger, signal(30'000));
    EXPECT_NEAR(std::accumulate(probabilities.begin(), probabilities.end(), 0.0), 1.0, 1e-6);
}

}  // namespace
}  // namespace earmark
