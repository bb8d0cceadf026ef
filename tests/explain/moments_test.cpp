// Which seconds of a clip speak for a tag, and which filters reacted to them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "earmark/error.h"
#include "earmark/tagger.h"
#include "tests/explain/explained.h"
#include "tests/support/lcg.h"

namespace earmark {
namespace {

constexpr int rate_hz = 22'050;

std::vector<float> noise(double duration_s, float loudness) {
    return Lcg(3).values(loudness, static_cast<std::size_t>(duration_s * rate_hz));
}

std::vector<float> joined(std::vector<float> first, const std::vector<float>& second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

std::vector<float> silence(double duration_s) {
    return std::vector<float>(static_cast<std::size_t>(duration_s * rate_hz), 0.0F);
}

constexpr std::size_t listening_filter = 5;

// Only one filter of the first level of the first network is not 0 all the time: its activation is the mean of the
// log-mel spectrogram over all bands and three frames, as far as that is above its mean, so it grows with the loudness.
// The first tag has the activation's mean over the clip as its log-odds, the second the same with a minus.
Model model_that_hears_loudness() {
    Model model = model_that_reads_nothing();
    for (NetworkWeights& network : model.networks)
        for (LayerWeights& layer : network.convolutions) {
            std::ranges::fill(layer.weights, 0.0F);
            std::ranges::fill(layer.biases, 0.0F);
        }
    WeightVector& weights = model.networks[0].convolutions[0].weights;
    std::fill_n(weights.begin() + listening_filter * 16 * 3, 16 * 3, 1.0F / 48.0F);
    model.classifier.layers[0].weights[listening_filter] = 1.0F;
    model.classifier.layers[0].weights[model.feature_count() + listening_filter] = -1.0F;
    return model;
}

std::vector<TagExplanation> explain_tags(const Model& model, const std::vector<float>& samples,
                                         const ExplainSettings& settings = {}) {
    const auto shared = std::make_shared<const Model>(model);
    Tagger tagger(shared, {.precision = Precision::float32});
    Explainer explainer(shared, settings);
    tagger.visit_segments([&](const SegmentMaxima& segment) { explainer.add(segment); });
    const ClipResult clip = tag_samples(tagger, samples, {rate_hz, 1});
    return explainer.finish(clip, std::vector<std::size_t>{0, 1});
}

TEST(Moments, are_of_the_right_half_of_a_song_of_two) {
    const std::vector<float> quiet = noise(20.0, 0.003F);
    const std::vector<float> loud = noise(20.0, 0.3F);
    for (const bool is_loud_first : {true, false}) {
        const auto tags =
            explain_tags(model_that_hears_loudness(), is_loud_first ? joined(loud, quiet) : joined(quiet, loud));
        const double loud_start_s = is_loud_first ? 0.0 : 20.0;
        const double quiet_start_s = is_loud_first ? 20.0 : 0.0;
        const auto is_within = [](const Moment& moment, double start_s) {
            return moment.start_s >= start_s && moment.end_s <= start_s + 20.0 &&
                   std::abs(moment.end_s - moment.start_s - 10.0) < 1e-9;
        };
        ASSERT_TRUE(tags[0].most_for && tags[0].most_against && tags[1].most_for && tags[1].most_against);
        EXPECT_TRUE(is_within(tags[0].most_for->moment, loud_start_s));
        EXPECT_TRUE(is_within(tags[0].most_against->moment, quiet_start_s));
        EXPECT_TRUE(is_within(tags[1].most_for->moment, quiet_start_s));
        EXPECT_TRUE(is_within(tags[1].most_against->moment, loud_start_s));
        EXPECT_GT(tags[0].most_for->moment.contribution, 0.0);
        EXPECT_LT(tags[0].most_against->moment.contribution, 0.0);
    }
}

TEST(Moments, name_the_filter_that_reacted) {
    const auto tags = explain_tags(model_that_hears_loudness(), joined(noise(15.0, 0.3F), noise(15.0, 0.003F)));
    ASSERT_TRUE(tags[0].most_for);
    for (const auto& reactions : {tags[0].most_for->filters, tags[0].most_for->first_level_filters}) {
        ASSERT_EQ(reactions.size(), 5U);
        EXPECT_EQ(reactions[0].level, (ExplainedLevel{0, 18, 1}));
        EXPECT_EQ(reactions[0].index, listening_filter);
        EXPECT_FALSE(reactions[0].level.is_unit);
        EXPECT_GT(reactions[0].deviations, 0.1);
        EXPECT_NEAR(reactions[0].activation, reactions[0].deviations, 1e-6);  // means of 0 and deviations of 1
        EXPECT_EQ(reactions[1].activation, 0.0);
    }
}

// What the clip's log-odds are without a moment, from its segments one by one.
TEST(Moments, contribute_what_the_clip_loses_without_their_segments) {
    for (const auto rule : {AcrossSegments::mean, AcrossSegments::mean_and_deviation}) {
        Model model = small_model();
        model.aggregation.across_segments = rule;
        model.classifier = formula_classifier(model.feature_count(), {14, 9, model.tags.size()}, 5);
        const auto shared = std::make_shared<const Model>(model);
        const std::vector<float> samples = joined(joined(silence(5.0), noise(11.0, 0.2F)), noise(7.3, 0.02F));
        const auto tags = explain_tags(model, samples, {4.0, 1.5, 3});
        const std::vector<Moment>& moments = tags[1].moments;
        ASSERT_EQ(moments.size(), 14U);  // 0, 1.5, ..., 18, and one that ends with the clip
        EXPECT_NEAR(moments.back().end_s, 23.3, 1e-3);
        for (const Moment& moment : moments) {
            std::vector<SegmentStatistics> rest;
            for (const NetworkArchitecture& architecture : model.architectures)
                rest.emplace_back(architecture.feature_count(), rule);
            Tagger tagger(shared, {.precision = Precision::float32});
            tagger.visit_segments([&](const SegmentMaxima& segment) {
                const double middle_s = (static_cast<double>(segment.first_frame) +
                                         model.architectures[segment.scale].segment_frames / 2.0) /
                                        model.spectrogram.frames_per_second();
                if (segment.is_audible && (middle_s < moment.start_s || middle_s >= moment.end_s))
                    rest[segment.scale].add(segment.values);
            });
            tag_samples(tagger, samples, {rate_hz, 1});
            std::vector<float> embedding;
            for (const SegmentStatistics& statistics : rest) {
                const std::vector<float> values = statistics.value();
                embedding.insert(embedding.end(), values.begin(), values.end());
            }
            Classifier classifier(model.classifier);
            const double without = classifier.logits(Matrix(1, embedding.size(), embedding))(0, 1);
            EXPECT_NEAR(moment.contribution, tags[1].contributions.log_odds - without, 1e-4) << moment.start_s;
        }
        EXPECT_EQ(moments[0].contribution, 0.0);  // silence
    }
}

TEST(Moments, of_a_clip_that_is_shorter_than_one_are_the_clip) {
    const Model model = model_that_hears_loudness();
    const auto tags = explain_tags(model, noise(3.0, 0.3F));
    ASSERT_EQ(tags[0].moments.size(), 1U);
    EXPECT_EQ(tags[0].moments[0].start_s, 0.0);
    EXPECT_NEAR(tags[0].moments[0].end_s, 3.0, 1e-3);
    const TagContributions& contributions = tags[0].contributions;
    EXPECT_NEAR(tags[0].moments[0].contribution, contributions.log_odds - contributions.log_odds_at_mean, 1e-5);
    EXPECT_TRUE(tags[0].most_for);
    EXPECT_FALSE(tags[0].most_against);
}

TEST(Moments, of_one_clip_are_forgotten_with_it) {
    const auto model = std::make_shared<const Model>(model_that_hears_loudness());
    Tagger tagger(model);
    Explainer explainer(model);
    tagger.visit_segments([&](const SegmentMaxima& segment) { explainer.add(segment); });
    const std::vector<std::size_t> first_tag{0};
    const auto explain_clip = [&] {
        return explainer.finish(tag_samples(tagger, noise(12.0, 0.1F), {rate_hz, 1}), first_tag);
    };
    const auto once = explain_clip();
    const auto again = explain_clip();
    tag_samples(tagger, noise(5.0, 0.9F), {rate_hz, 1});
    explainer.reset();
    const auto after_reset = explain_clip();
    for (const auto& other : {again, after_reset}) {
        ASSERT_EQ(other[0].moments.size(), 3U);
        for (std::size_t i = 0; i < 3; ++i)
            EXPECT_EQ(other[0].moments[i].contribution, once[0].moments[i].contribution);
    }
}

TEST(Moments, need_a_duration_and_a_hop) {
    const auto model = std::make_shared<const Model>(small_model());
    for (const ExplainSettings& settings : {ExplainSettings{0.0, 1.0}, {10.0, 0.0}, {10.0, -1.0}, {NAN, 1.0}}) {
        try {
            Explainer(model, settings);
            ADD_FAILURE() << settings.moment_s << " " << settings.hop_s;
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), ErrorCode::usage);
            EXPECT_THAT(error.what(), testing::HasSubstr("expected more than 0"));
        }
    }
}

TEST(FilterResponse, is_what_a_filter_makes_of_a_sound_that_lasts) {
    Model model = small_model();
    WeightVector& weights = model.networks[1].convolutions[0].weights;
    for (std::size_t band = 0; band < 16; ++band)
        for (std::size_t frame = 0; frame < 3; ++frame)
            weights[(7 * 16 + band) * 3 + frame] = static_cast<float>(band) + (frame == 2 ? 0.5F : 0.0F);
    const std::vector<float> response = filter_response(model, 1, 7);
    ASSERT_EQ(response.size(), 16U);
    for (std::size_t band = 0; band < 16; ++band)
        EXPECT_FLOAT_EQ(response[band], 3.0F * static_cast<float>(band) + 0.5F);
}

}  // namespace
}  // namespace earmark
