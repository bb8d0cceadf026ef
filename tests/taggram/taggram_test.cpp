// Tags over time, in the same pass as those of the clip.
#include "earmark/taggram.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "earmark/error.h"
#include "earmark/file_tagger.h"
#include "tests/support/lcg.h"
#include "tests/support/small_model.h"

namespace earmark {
namespace {

constexpr int rate_hz = 22'050;

std::shared_ptr<const Model> calibrated_model() {
    Model model = small_model();
    model.tags[1].calibration = Calibration::platt(0.5F, -1.0F);
    return std::make_shared<const Model>(model);
}

std::vector<float> noise(double duration_s, float level = 0.3F) {
    return Lcg(3).values(level, static_cast<std::size_t>(duration_s * rate_hz));
}

std::vector<float> joined(std::vector<float> first, const std::vector<float>& second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

TaggramResult taggram_of(Tagger& tagger, const std::vector<float>& samples, const WindowSettings& window = {}) {
    return taggram(tagger, window, [&](Tagger& used) { return tag_samples(used, samples, {rate_hz, 1}); });
}

TaggramResult taggram_of(const std::vector<float>& samples, const WindowSettings& window = {},
                         const TaggerOptions& options = {.precision = Precision::float32}) {
    Tagger tagger(calibrated_model(), options);
    return taggram_of(tagger, samples, window);
}

TEST(Taggram, leaves_the_result_of_the_clip_as_it_is) {
    Tagger tagger(calibrated_model(), {.precision = Precision::float32});
    const std::vector<float> samples = noise(12.3);
    const ClipResult alone = tag_samples(tagger, samples, {rate_hz, 1});
    const ClipResult with = taggram_of(tagger, samples).clip;
    EXPECT_EQ(with.probabilities, alone.probabilities);
    EXPECT_EQ(with.embedding, alone.embedding);
    EXPECT_EQ(with.duration_s, alone.duration_s);
}

TEST(Taggram, has_what_the_classifier_predicts_of_each_window) {
    const std::shared_ptr<const Model> model = calibrated_model();
    Tagger tagger(model, {.precision = Precision::float32});
    const std::vector<float> samples = noise(80.0);
    std::vector<ClipWindow> expected;
    WindowStream windows(model, {}, [&](const ClipWindow& window) { expected.push_back(window); });
    tagger.visit_segments([&](const SegmentMaxima& segment) { windows.add(segment); });
    windows.finish(tag_samples(tagger, samples, {rate_hz, 1}).duration_s);

    const Taggram taggram = taggram_of(tagger, samples).taggram;
    ASSERT_EQ(taggram.windows.size(), 76U);  // more than go through the classifier together
    ASSERT_EQ(taggram.probabilities.row_count(), 76U);
    ASSERT_EQ(taggram.probabilities.column_count(), model->tags.size());
    Classifier classifier(model->classifier);
    for (std::size_t w = 0; w < 76; ++w) {
        EXPECT_EQ(taggram.windows[w].start_s, expected[w].start_s);
        const Matrix outputs = classifier.probabilities(Matrix(1, model->feature_count(), expected[w].embedding));
        for (std::size_t tag = 0; tag < model->tags.size(); ++tag)
            EXPECT_NEAR(taggram.probabilities(w, tag), model->tags[tag].calibration.apply(outputs(0, tag)), 1e-6F);
    }
}

TEST(Taggram, of_one_window_that_is_the_clip_has_the_probabilities_of_the_clip) {
    const TaggramResult result = taggram_of(noise(6.0), {.duration_s = 60.0, .hop_s = 1.0});
    ASSERT_EQ(result.taggram.windows.size(), 1U);
    for (std::size_t tag = 0; tag < result.clip.probabilities.size(); ++tag)
        EXPECT_NEAR(result.taggram.probabilities(0, tag), result.clip.probabilities[tag], 1e-6F);
    EXPECT_THAT(result.taggram.edges_s, testing::ElementsAre(0.0, 6.0));
}

TEST(Taggram, divides_the_clip_between_the_centers_of_its_windows) {
    // Windows at 0-5, 1-6, 2-7 and, for the tail, 2.5-7.5: centers at 2.5, 3.5, 4.5 and 5.
    const TaggramResult result = taggram_of(noise(7.5));
    EXPECT_THAT(result.taggram.edges_s, testing::ElementsAre(0.0, 3.0, 4.0, 4.75, 7.5));
}

TEST(Taggram, has_no_tags_where_it_is_silent) {
    const TaggramResult result = taggram_of(joined(noise(4.0), noise(4.0, 0.0F)), {.duration_s = 1.0, .hop_s = 1.0});
    ASSERT_EQ(result.taggram.windows.size(), 8U);
    const auto is_zero = [&](std::size_t window) {
        return std::ranges::all_of(result.taggram.probabilities.row(window), [](float p) { return p == 0.0F; });
    };
    EXPECT_FALSE(is_zero(0));
    EXPECT_FALSE(is_zero(2));
    EXPECT_TRUE(is_zero(5));
    EXPECT_TRUE(is_zero(7));
    EXPECT_FALSE(result.taggram.windows[7].is_audible);
}

TEST(Taggram, of_a_clip_that_has_no_tags_has_none) {
    // 0.1 s of sound is too short for tags of the clip.
    const std::vector<float> samples = joined(noise(0.1), noise(8.0, 0.0F));
    const TaggramResult result = taggram_of(samples);
    EXPECT_EQ(result.clip.status, ClipStatus::too_short);
    EXPECT_TRUE(result.taggram.windows[0].is_audible);
    EXPECT_THAT(result.taggram.probabilities.values(), testing::Each(0.0F));
    const TaggramResult plain = taggram_of(samples, {}, {.precision = Precision::float32, .plain = true});
    EXPECT_THAT(plain.taggram.probabilities.values(), testing::Each(testing::Gt(0.0F)));
}

TEST(Taggram, of_a_file_is_that_of_its_samples) {
    const std::string file = EARMARK_SAMPLES_DIR "/jazz-trio.wav";
    Tagger tagger(calibrated_model(), {.precision = Precision::float32});
    std::vector<float> samples;
    int file_rate_hz = 0;
    ReadOptions options;
    options.on_samples = [&](std::span<const float> mono, int sample_rate_hz) {
        samples.insert(samples.end(), mono.begin(), mono.end());
        file_rate_hz = sample_rate_hz;
    };
    const TaggramResult of_file = taggram(tagger, {}, [&](Tagger& used) { return tag_file(used, file, options); });
    const TaggramResult of_samples = taggram(tagger, {}, [&](Tagger& used) {
        return tag_samples(used, samples, {file_rate_hz, 1});
    });
    EXPECT_THAT(of_file.taggram.probabilities.values(),
                testing::ElementsAreArray(of_samples.taggram.probabilities.values()));
}

TEST(Taggram, sets_no_visitor_for_later_also_when_reading_fails) {
    Tagger tagger(calibrated_model(), {.precision = Precision::float32});
    const auto fail = [](Tagger& used) {
        used.start({rate_hz, 1});
        used.add(noise(2.0));
        throw std::runtime_error("enough");
        return ClipResult{};
    };
    EXPECT_THROW(taggram(tagger, {}, fail), std::runtime_error);
    // A visitor that was left would add to windows which are no more.
    EXPECT_EQ(tag_samples(tagger, noise(6.0), {rate_hz, 1}).embedding, taggram_of(noise(6.0)).clip.embedding);
    EXPECT_EQ(taggram_of(tagger, noise(6.0)).taggram.windows.size(), 2U);
}

TEST(Taggram, refuses_windows_without_duration) {
    for (const WindowSettings& window : {WindowSettings{0.0, 1.0}, WindowSettings{5.0, -1.0}}) {
        try {
            taggram_of(noise(1.0), window);
            FAIL();
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), ErrorCode::usage);
            EXPECT_THAT(error.what(), testing::HasSubstr("expected more than 0"));
        }
    }
}

}  // namespace
}  // namespace earmark
