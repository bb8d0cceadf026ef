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
#include "tests/support/golden_file.h"
#include "tests/support/small_model.h"

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

// An own path through the stages, without portions.
std::vector<float> composed_clip_vector(const Model& model, Matrix log_mel) {
    normalise(log_mel.values(), model.normalisation);
    std::vector<float> vector;
    for (std::size_t index = 0; index < model.networks.size(); ++index) {
        const NetworkArchitecture& architecture = model.architectures[index];
        Network network(architecture, model.spectrogram.mel_band_count, model.networks[index]);
        SegmentStatistics statistics(architecture.feature_count(), model.aggregation.across_segments);
        statistics.add(
            network.level_maxima(cut_segments(log_mel, static_cast<std::size_t>(architecture.segment_frames))));
        const std::vector<float> values = statistics.value();
        vector.insert(vector.end(), values.begin(), values.end());
    }
    return vector;
}

ErrorCode code_of(Tagger& tagger, const std::vector<float>& samples) {
    try {
        tagger.tag(samples);
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

TEST(Tagger, gives_every_tag_once) {
    Tagger tagger(shared_small_model());
    std::vector<std::size_t> indices;
    for (const TagProbability& tag : tagger.tag(signal(30'000))) {
        indices.push_back(tag.tag_index);
    }
    EXPECT_THAT(indices, testing::UnorderedElementsAre(0, 1, 2, 3, 4));
}

TEST(Tagger, gives_the_most_probable_tag_first) {
    Tagger tagger(shared_small_model());
    const auto tags = tagger.tag(signal(30'000));
    EXPECT_TRUE(std::ranges::is_sorted(tags, std::ranges::greater(), &TagProbability::probability));
    EXPECT_GT(tags.front().probability, tags.back().probability);
}

TEST(Tagger, gives_equal_tags_in_the_order_of_the_model) {
    Model model = small_model();
    std::ranges::fill(model.classifier.layers.back().weights, 0.0F);
    model.classifier.layers.back().biases = {0.0F, 1.0F, 0.0F, 1.0F, 0.0F};
    std::vector<std::size_t> indices;
    for (const TagProbability& tag : Tagger(shared(model)).tag(signal(10'000))) {
        indices.push_back(tag.tag_index);
    }
    EXPECT_THAT(indices, testing::ElementsAre(1, 3, 0, 2, 4));
}

TEST(Tagger, tag_and_probabilities_say_the_same) {
    Tagger tagger(shared_small_model());
    const std::vector<float> probabilities = tagger.probabilities(signal(30'000));
    for (const TagProbability& tag : tagger.tag(signal(30'000))) {
        EXPECT_EQ(tag.probability, probabilities[tag.tag_index]);
    }
}

TEST(Tagger, tag_is_present_from_its_threshold_on) {
    Model model = small_model();
    const float probability = Tagger(shared(model)).probabilities(signal(30'000))[2];
    for (const auto& [threshold, present] : {std::pair(probability, true),
                                             {std::nextafter(probability, 0.0F), true},
                                             {std::nextafter(probability, 1.0F), false}}) {
        model.tags[2].threshold = threshold;
        const auto tags = Tagger(shared(model)).tag(signal(30'000));
        EXPECT_EQ(std::ranges::find(tags, 2U, &TagProbability::tag_index)->present, present) << threshold;
    }
}

TEST(Tagger, each_tag_has_its_own_threshold) {
    Model model = small_model();
    for (std::size_t index = 0; index < model.tags.size(); ++index) {
        model.tags[index].threshold = index % 2 == 0 ? 0.0F : 1.0F;
    }
    for (const TagProbability& tag : Tagger(shared(model)).tag(signal(30'000))) {
        EXPECT_EQ(tag.present, tag.tag_index % 2 == 0) << tag.tag_index;
    }
}

TEST(Tagger, clip_vector_has_the_features_of_all_networks) {
    Tagger tagger(shared_small_model());
    EXPECT_EQ(tagger.clip_vector(signal(30'000)).size(), tagger.model().feature_count());
}

TEST(Tagger, clip_vector_of_samples_is_that_of_their_spectrogram) {
    Tagger tagger(shared_small_model());
    const Matrix log_mel = Spectrogram(tagger.model().spectrogram).compute(signal(30'000));
    EXPECT_EQ(tagger.clip_vector(signal(30'000)), tagger.clip_vector(log_mel));
}

TEST(Tagger, clip_vector_is_what_the_stages_give_one_after_the_other) {
    Tagger tagger(shared_small_model());
    const Matrix log_mel = Lcg(8).matrix(1.0F, 200, 16);
    EXPECT_EQ(tagger.clip_vector(log_mel), composed_clip_vector(tagger.model(), log_mel));
}

TEST(Tagger, clip_vector_may_have_deviations) {
    Model model = small_model();
    model.aggregation.across_segments = AcrossSegments::mean_and_deviation;
    model.classifier = formula_classifier(model.feature_count(), {14, 9, model.tags.size()}, 5);
    Tagger tagger(std::make_shared<const Model>(model));
    const Matrix log_mel = Lcg(8).matrix(1.0F, 200, 16);
    const std::vector<float> vector = tagger.clip_vector(log_mel);
    EXPECT_EQ(vector.size(), 2 * small_model().feature_count());
    EXPECT_EQ(vector, composed_clip_vector(model, log_mel));
}

TEST(Tagger, portions_of_a_long_clip_do_not_matter) {
    Tagger tagger(shared_small_model());
    const Matrix log_mel = Lcg(8).matrix(1.0F, 5011, 16);
    EXPECT_EQ(tagger.clip_vector(log_mel), composed_clip_vector(tagger.model(), log_mel));
}

TEST(Tagger, clip_vector_leaves_the_spectrogram_as_it_was) {
    Tagger tagger(shared_small_model());
    const Matrix log_mel = Lcg(8).matrix(1.0F, 60, 16);
    tagger.clip_vector(log_mel);
    tagger.local_probabilities(0, log_mel);
    EXPECT_EQ(greatest_difference(log_mel, Lcg(8).matrix(1.0F, 60, 16)), 0.0);
}

TEST(Tagger, normalises_with_the_constants_of_the_model) {
    Model model = small_model();
    const Matrix log_mel = Lcg(8).matrix(1.0F, 60, 16);
    Matrix shifted = log_mel;
    std::ranges::for_each(shifted.values(), [](float& value) { value = value * 2.0F + 3.0F; });
    const auto expected = Tagger(shared(model)).clip_vector(log_mel);
    model.normalisation = {model.normalisation.mean * 2.0F + 3.0F, model.normalisation.deviation * 2.0F};
    EXPECT_LT(greatest_difference(Tagger(shared(model)).clip_vector(shifted), expected), 1e-5);
}

TEST(Tagger, clip_vector_of_the_paper_agrees_with_pytorch) {
    Model model = small_model();
    model.spectrogram.mel_band_count = 128;
    model.normalisation = {0.25F, 0.5F};
    model.architectures = paper_architectures();
    model.networks.clear();
    for (const NetworkArchitecture& architecture : model.architectures) {
        const auto seed = static_cast<std::uint32_t>(architecture.segment_frames);
        model.networks.push_back(formula_network(architecture, 128, 50, seed));
    }
    model.classifier = formula_classifier(1792, {5}, 1);
    Matrix log_mel = Lcg(7).matrix(2.0F, 200, 128);
    std::ranges::for_each(log_mel.values(), [](float& value) { value = value * 0.5F + 0.25F; });
    GoldenFile golden("network/clip_vector.f32");
    EXPECT_LT(greatest_difference(Tagger(shared(model)).clip_vector(log_mel), golden.values(1792)), 1e-4);
}

TEST(Tagger, local_probabilities_are_the_mean_over_segments) {
    Tagger tagger(shared_small_model());
    const Matrix log_mel = Lcg(8).matrix(1.0F, 100, 16);
    Matrix normalised = log_mel;
    normalise(normalised.values(), tagger.model().normalisation);
    Network network(tagger.model().architectures[1], 16, tagger.model().networks[1]);
    SegmentStatistics mean(5);
    mean.add(network.probabilities(cut_segments(normalised, 27)));
    EXPECT_EQ(tagger.local_probabilities(1, log_mel), mean.value());
    EXPECT_NE(tagger.local_probabilities(0, log_mel), mean.value());
}

TEST(Tagger, probabilities_depend_on_the_audio) {
    Tagger tagger(shared_small_model());
    EXPECT_GT(
        greatest_difference(tagger.probabilities(signal(30'000)), tagger.probabilities(std::vector<float>(30'000))),
        1e-3);
}

class Length : public testing::TestWithParam<std::size_t> {};

TEST_P(Length, of_a_short_clip_is_no_obstacle) {
    Tagger tagger(shared_small_model());
    const auto probabilities = tagger.probabilities(signal(GetParam()));
    EXPECT_THAT(probabilities, testing::Each(testing::AllOf(testing::Gt(0.0F), testing::Lt(1.0F))));
}

INSTANTIATE_TEST_SUITE_P(Samples, Length, testing::Values(1, 2, 511, 512, 513, 1023, 1024, 9000),
                         testing::PrintToStringParamName());

TEST(Tagger, silence_gives_finite_probabilities) {
    Tagger tagger(shared_small_model());
    const auto probabilities = tagger.probabilities(std::vector<float>(22'050));
    EXPECT_THAT(probabilities, testing::Each(testing::AllOf(testing::Gt(0.0F), testing::Lt(1.0F))));
}

TEST(Tagger, refuses_audio_without_samples) {
    Tagger tagger(shared_small_model());
    EXPECT_EQ(code_of(tagger, {}), ErrorCode::damaged_audio);
    EXPECT_THROW(tagger.clip_vector(std::vector<float>{}), Error);
    EXPECT_THROW(tagger.probabilities(std::vector<float>{}), Error);
}

class BadSample : public testing::TestWithParam<float> {};

TEST_P(BadSample, that_is_not_finite_is_refused) {
    Tagger tagger(shared_small_model());
    std::vector<float> samples = signal(30'000);
    samples[20'000] = GetParam();
    EXPECT_EQ(code_of(tagger, samples), ErrorCode::damaged_audio);
}

INSTANTIATE_TEST_SUITE_P(Values, BadSample,
                         testing::Values(std::numeric_limits<float>::quiet_NaN(),
                                         std::numeric_limits<float>::infinity()));

TEST(Tagger, goes_on_after_audio_that_it_refused) {
    Tagger tagger(shared_small_model());
    const auto before = tagger.probabilities(signal(30'000));
    EXPECT_EQ(code_of(tagger, std::vector<float>(3000, std::nanf(""))), ErrorCode::damaged_audio);
    EXPECT_EQ(tagger.probabilities(signal(30'000)), before);
}

TEST(Tagger, does_not_remember_earlier_clips) {
    Tagger tagger(shared_small_model());
    const auto before = tagger.probabilities(signal(30'000));
    tagger.probabilities(signal(70'000));
    tagger.probabilities(signal(1));
    EXPECT_EQ(tagger.probabilities(signal(30'000)), before);
}

TEST(Tagger, two_side_by_side_on_one_model_give_the_same_as_one_alone) {
    const auto model = shared_small_model();
    const auto expected = Tagger(model).probabilities(signal(60'000));
    std::vector<std::vector<float>> results(2);
    std::vector<std::thread> workers;
    for (auto& result : results) {
        workers.emplace_back([&] {
            Tagger tagger(model);
            for (int round = 0; round < 5; ++round) {
                result = tagger.probabilities(signal(60'000));
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
    Tagger tagger(shared_small_model());
    const auto expected = Tagger(shared_small_model()).probabilities(signal(30'000));
    std::vector<float> result;
    std::thread([&] { result = tagger.probabilities(signal(30'000)); }).join();
    EXPECT_EQ(result, expected);
}

TEST(Tagger, with_softmax_tells_the_most_probable_tag_alone_whatever_the_thresholds) {
    for (const float threshold : {0.0F, 1.0F}) {
        Model model = small_model();
        model.classifier.output = OutputKind::softmax;
        for (Tag& tag : model.tags) tag.threshold = threshold;
        const auto tags = Tagger(shared(model)).rank(std::vector<float>{0.1F, 0.2F, 0.4F, 0.2F, 0.1F});
        EXPECT_EQ(tags[0].tag_index, 2U);
        for (const TagProbability& tag : tags) EXPECT_EQ(tag.present, tag.tag_index == 2U);
    }
}

TEST(Tagger, with_softmax_gives_probabilities_that_sum_to_1) {
    Model model = small_model();
    model.classifier.output = OutputKind::softmax;
    const auto probabilities = Tagger(shared(model)).probabilities(signal(30'000));
    EXPECT_NEAR(std::accumulate(probabilities.begin(), probabilities.end(), 0.0), 1.0, 1e-6);
}

}  // namespace
}  // namespace earmark
