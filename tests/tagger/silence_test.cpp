// What of a clip is silent, and what becomes of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>

#include "earmark/tagger.h"
#include "tagger/audibility.h"
#include "tagger/clip_embedder.h"
#include "tests/support/composed_stages.h"
#include "tests/support/small_model.h"

namespace earmark {
namespace {

using testing::Each;
using testing::HasSubstr;

constexpr std::size_t least_common_frames = 54;  // of the segments of the small model, 18 and 27

// With the bands of the paper: the fewer there are, the less do those of noise differ.
Model model_of_many_bands() {
    Model model = small_model();
    model.spectrogram.mel_band_count = 128;
    model.networks.clear();
    for (const NetworkArchitecture& architecture : model.architectures)
        model.networks.push_back(formula_network(architecture, 128, model.tags.size(), 1));
    return model;
}

Tagger tagger_of(const Model& model, bool plain = false) {
    return Tagger(std::make_shared<const Model>(model), {.precision = Precision::float32, .plain = plain});
}

ClipResult result_of(const std::vector<float>& samples, bool plain = false) {
    Tagger tagger = tagger_of(model_of_many_bands(), plain);
    return tag_samples(tagger, samples, {22'050, 1});
}

// Evenly distributed within +-a, whose level is that of a / sqrt(3).
std::vector<float> noise(double level_db, double duration_s, std::uint32_t seed = 3) {
    const double amplitude = std::sqrt(3.0) * std::pow(10.0, level_db / 20.0);
    return Lcg(seed).values(static_cast<float>(amplitude), static_cast<std::size_t>(duration_s * 22'050));
}

std::vector<float> tone(double level_db, double hz) {
    std::vector<float> samples(22'050);
    const double amplitude = std::sqrt(2.0) * std::pow(10.0, level_db / 20.0);
    for (std::size_t n = 0; n < samples.size(); ++n) {
        const double turn = 2.0 * 3.14159265358979 * hz * static_cast<double>(n) / 22'050.0;
        samples[n] = static_cast<float>(amplitude * std::sin(turn));
    }
    return samples;
}

std::vector<float> joined(std::vector<float> first, const std::vector<float>& second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

std::vector<float> silence(double duration_s) {
    return std::vector<float>(static_cast<std::size_t>(duration_s * 22'050));
}

// Frames of sound, or of silence.
Matrix frames(std::size_t count, bool is_audible) {
    Matrix log_mel = Lcg(8).matrix(0.5F, count, 16);
    for (float& value : log_mel.values()) value = is_audible ? value + 0.6F : 0.0F;
    return log_mel;
}

Matrix below(const Matrix& first, const Matrix& second) {
    std::vector<float> values(first.values().begin(), first.values().end());
    values.insert(values.end(), second.values().begin(), second.values().end());
    return {first.row_count() + second.row_count(), first.column_count(), values};
}

std::vector<float> embedding_of(const Model& model, const Matrix& log_mel, bool plain = false) {
    ClipEmbedder embedder(std::make_shared<const Model>(model), Precision::float32, plain);
    for (std::size_t frame = 0; frame < log_mel.row_count(); ++frame) embedder.add(log_mel.row(frame));
    return embedder.finish();
}

Model with_deviations() {
    Model model = small_model();
    model.aggregation.across_segments = AcrossSegments::mean_and_deviation;
    model.classifier = formula_classifier(model.feature_count(), {14, 9, model.tags.size()}, 5);
    return model;
}

class SilentSegments : public testing::TestWithParam<Model> {};

TEST_P(SilentSegments, before_and_after_do_not_count) {
    const Matrix sound = frames(4 * least_common_frames, true);
    const std::vector<float> expected = embedding_of(GetParam(), sound);
    for (const std::size_t count : {1U, 20U, 100U}) {  // less and more than a block
        const Matrix quiet = frames(count * least_common_frames, false);
        EXPECT_EQ(embedding_of(GetParam(), below(quiet, sound)), expected) << count;
        EXPECT_EQ(embedding_of(GetParam(), below(sound, quiet)), expected) << count;
        EXPECT_NE(embedding_of(GetParam(), below(sound, quiet), true), expected) << count;
    }
}

// The first segment begins with the sound: no segment has silence and sound.
TEST_P(SilentSegments, before_change_nothing_however_long_they_are) {
    const Matrix sound = frames(3 * least_common_frames + 5, true);
    const std::vector<float> expected = embedding_of(GetParam(), sound);
    for (const std::size_t count : {1U, 7U, 20U, 333U, 2000U})
        EXPECT_EQ(embedding_of(GetParam(), below(frames(count, false), sound)), expected) << count;
}

TEST_P(SilentSegments, are_visited_and_those_after_them_begin_with_the_sound) {
    constexpr std::size_t quiet_count = 100;
    ClipEmbedder embedder(std::make_shared<const Model>(GetParam()), Precision::float32, false);
    std::vector<std::size_t> audible_starts;
    std::size_t silent_end = 0;
    const auto segment_frames = static_cast<std::size_t>(GetParam().architectures[0].segment_frames);
    embedder.visit_segments([&](const SegmentMaxima& segment) {
        if (segment.scale != 0) return;
        if (segment.is_audible)
            audible_starts.push_back(segment.first_frame);
        else
            silent_end = segment.first_frame + segment_frames;
    });
    const Matrix log_mel = below(frames(quiet_count, false), frames(2 * segment_frames + 1, true));
    for (std::size_t frame = 0; frame < log_mel.row_count(); ++frame) embedder.add(log_mel.row(frame));
    embedder.finish();
    EXPECT_EQ(silent_end, quiet_count);
    EXPECT_THAT(audible_starts,
                testing::ElementsAre(quiet_count, quiet_count + segment_frames, quiet_count + segment_frames + 1));
}

TEST_P(SilentSegments, in_the_middle_do_not_count) {
    const Matrix sound = frames(2 * least_common_frames, true);
    const Matrix quiet = frames(3 * least_common_frames, false);
    EXPECT_EQ(embedding_of(GetParam(), below(below(sound, quiet), sound)),
              embedding_of(GetParam(), below(sound, sound)));
}

TEST_P(SilentSegments, that_a_clip_does_not_have_change_nothing) {
    for (const std::size_t count : {1U, 17U, 54U, 55U, 2000U}) {
        const Matrix sound = frames(count, true);
        EXPECT_EQ(embedding_of(GetParam(), sound), composed_embedding(GetParam(), sound)) << count;
        EXPECT_EQ(embedding_of(GetParam(), sound, true), composed_embedding(GetParam(), sound)) << count;
    }
}

TEST_P(SilentSegments, count_in_the_plain_way) {
    const Matrix log_mel = below(frames(100, true), frames(100, false));
    EXPECT_EQ(embedding_of(GetParam(), log_mel, true), composed_embedding(GetParam(), log_mel));
    EXPECT_NE(embedding_of(GetParam(), log_mel, false), composed_embedding(GetParam(), log_mel));
}

TEST_P(SilentSegments, count_where_there_are_no_others) {
    const Matrix quiet = frames(100, false);
    EXPECT_EQ(embedding_of(GetParam(), quiet), composed_embedding(GetParam(), quiet));
}

INSTANTIATE_TEST_SUITE_P(Models, SilentSegments, testing::Values(small_model(), with_deviations()));

std::vector<bool> audible_segments(const std::vector<bool>& frames, std::size_t segment_frames) {
    AudibleSegments segments(segment_frames);
    for (const bool is_audible : frames) segments.add(is_audible);
    segments.finish();
    return segments.segments();
}

TEST(AudibleSegments, have_an_audible_frame) {
    EXPECT_EQ(audible_segments({0, 0, 0, 0, 1, 0, 1, 1, 1}, 3), (std::vector<bool>{0, 1, 1}));
}

TEST(AudibleSegments, have_it_in_the_last_one_also_where_it_overlaps_the_one_before) {
    EXPECT_EQ(audible_segments({0, 0, 0, 0, 1, 0, 0, 0}, 3), (std::vector<bool>{0, 1, 0}));
    EXPECT_EQ(audible_segments({0, 0, 0, 0, 0, 1, 0, 0}, 3), (std::vector<bool>{0, 1, 1}));
    EXPECT_EQ(audible_segments({0, 1}, 3), (std::vector<bool>{1}));
}

TEST(SilentClip, has_no_tags_and_reports_it) {
    for (const std::vector<float>& samples : {silence(3.0), silence(0.00005), noise(-100.0, 2.0), tone(-90.0, 440.0)}) {
        const ClipResult result = result_of(samples);
        EXPECT_EQ(result.status, ClipStatus::silent);
        EXPECT_EQ(result.warning, "silent: no tags");
        EXPECT_THAT(result.probabilities, Each(0.0F));
        EXPECT_THAT(result.embedding, Each(testing::Truly([](float value) { return std::isfinite(value); })));
    }
}

TEST(SilentClip, is_not_one_of_quiet_sound) {
    for (const std::vector<float>& samples : {noise(-66.0, 2.0), tone(-80.0, 440.0), tone(-72.0, 4000.0)}) {
        EXPECT_EQ(result_of(samples).status, ClipStatus::ok);
    }
}

TEST(SilentClip, has_the_probabilities_of_the_method_in_the_plain_way) {
    const ClipResult result = result_of(silence(3.0), true);
    EXPECT_EQ(result.status, ClipStatus::ok);
    EXPECT_EQ(result.warning, "");
    EXPECT_THAT(result.probabilities, Each(testing::Gt(0.0F)));
}

TEST(SilentClip, has_no_tag_present_whatever_the_thresholds_are) {
    Model model = small_model();
    for (Tag& tag : model.tags) tag.threshold = 0.0F;
    for (const OutputKind output : {OutputKind::sigmoid, OutputKind::softmax}) {
        model.classifier.output = output;
        Tagger tagger = tagger_of(model);
        const ClipResult result = tag_samples(tagger, silence(1.0), {22'050, 1});
        for (const RankedTag& tag : rank(model, result.probabilities)) EXPECT_FALSE(tag.present);
    }
}

TEST(ShortClip, has_no_tags_and_reports_it) {
    for (const double duration_s : {1 / 22'050.0, 0.05, 0.19}) {
        const ClipResult result = result_of(noise(-20.0, duration_s));
        EXPECT_EQ(result.status, ClipStatus::too_short) << duration_s;
        EXPECT_THAT(result.warning, HasSubstr("too short: "));
        EXPECT_THAT(result.probabilities, Each(0.0F));
    }
    EXPECT_EQ(result_of(noise(-20.0, 0.21)).status, ClipStatus::ok);
    EXPECT_EQ(result_of(noise(-20.0, 0.05), true).status, ClipStatus::ok);
}

TEST(ShortClip, is_a_click_in_silence) {
    const ClipResult result = result_of(joined(joined(silence(5.0), noise(-20.0, 0.05)), silence(5.0)));
    EXPECT_EQ(result.status, ClipStatus::too_short);
    EXPECT_NEAR(result.duration_s, 10.05, 1e-3);
}

TEST(SilenceAroundAClip, leaves_its_probabilities_about_as_they_are) {
    const std::vector<float> music = joined(noise(-20.0, 10.0), tone(-20.0, 440.0));
    const std::vector<float> expected = result_of(music).probabilities;
    for (const double duration_s : {0.7, 30.0}) {
        const std::vector<float> actual =
            result_of(joined(joined(silence(duration_s), music), silence(duration_s))).probabilities;
        for (std::size_t tag = 0; tag < expected.size(); ++tag) EXPECT_NEAR(actual[tag], expected[tag], 0.05);
    }
}

TEST(Gain, is_that_of_the_samples) {
    const std::vector<float> loud = noise(-20.0, 2.0);
    std::vector<float> quiet = loud;
    for (float& sample : quiet) sample *= static_cast<float>(std::pow(10.0, -12.0 / 20.0));
    Tagger tagger(std::make_shared<const Model>(model_of_many_bands()),
                  {.precision = Precision::float32, .gain_db = -12.0});
    EXPECT_EQ(tag_samples(tagger, loud, {22'050, 1}).embedding, result_of(quiet).embedding);
    EXPECT_NE(result_of(loud).embedding, result_of(quiet).embedding);
}

}  // namespace
}  // namespace earmark
