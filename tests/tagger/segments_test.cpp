// The segments that a Tagger shows, and windows over them.
#include "earmark/segments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <memory>
#include <stdexcept>

#include "earmark/error.h"
#include "earmark/tagger.h"
#include "tests/support/lcg.h"
#include "tests/support/small_model.h"

namespace earmark {
namespace {

constexpr int rate_hz = 22'050;
constexpr double frames_per_s = 22'050.0 / 512.0;

struct Segment {
    std::size_t first_frame = 0;
    bool is_audible = true;
    std::vector<float> values;
};

struct Heard {
    ClipResult clip;
    std::vector<std::vector<Segment>> scales;
    std::vector<ClipWindow> windows;
};

std::shared_ptr<const Model> model_with(AcrossSegments across_segments) {
    Model model = small_model();
    model.aggregation.across_segments = across_segments;
    model.classifier = formula_classifier(model.feature_count(), {14, 9, model.tags.size()}, 5);
    return std::make_shared<const Model>(model);
}

Heard heard(const std::vector<float>& samples, const WindowSettings& settings = {},
            AcrossSegments across_segments = AcrossSegments::mean) {
    const std::shared_ptr<const Model> model = model_with(across_segments);
    Heard heard;
    heard.scales.resize(model->architectures.size());
    WindowStream windows(model, settings, [&](const ClipWindow& window) { heard.windows.push_back(window); });
    Tagger tagger(model, {.precision = Precision::float32});
    tagger.visit_segments([&](const SegmentMaxima& segment) {
        heard.scales[segment.scale].push_back(
            {segment.first_frame, segment.is_audible, {segment.values.begin(), segment.values.end()}});
        windows.add(segment);
    });
    heard.clip = tag_samples(tagger, samples, {rate_hz, 1});
    windows.finish(heard.clip.duration_s);
    return heard;
}

std::vector<float> noise(double duration_s) {
    return Lcg(3).values(0.3F, static_cast<std::size_t>(duration_s * rate_hz));
}

std::vector<float> joined(std::vector<float> first, const std::vector<float>& second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

// The mean over those segments that `counts` accepts, of all scales one after the other.
template <typename Counts>
std::vector<double> means(const std::vector<std::vector<Segment>>& scales, const Counts& counts) {
    std::vector<double> means;
    for (std::size_t scale = 0; scale < scales.size(); ++scale) {
        std::vector<double> sums(scales[scale].front().values.size());
        double count = 0;
        for (const Segment& segment : scales[scale]) {
            if (!counts(scale, segment)) continue;
            ++count;
            for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += segment.values[i];
        }
        for (const double sum : sums) means.push_back(sum / count);
    }
    return means;
}

testing::Matcher<std::vector<float>> are_near(const std::vector<double>& expected) {
    std::vector<testing::Matcher<float>> each;
    for (const double value : expected) each.push_back(testing::FloatNear(static_cast<float>(value), 1e-5F));
    return testing::ElementsAreArray(each);
}

TEST(Segments, begin_at_the_frames_of_segment_starts) {
    for (const double duration_s : {0.1, 1.0, 12.34, 40.0}) {
        const Heard clip = heard(noise(duration_s));
        const auto frame_count = 1 + static_cast<std::size_t>(duration_s * rate_hz) / 512;
        for (const std::size_t scale : {0U, 1U}) {
            std::vector<std::size_t> starts;
            for (const Segment& segment : clip.scales[scale]) starts.push_back(segment.first_frame);
            EXPECT_EQ(starts, segment_starts(frame_count, scale == 0 ? 18 : 27)) << duration_s;
        }
    }
}

TEST(Segments, have_the_embedding_of_the_clip_as_their_mean) {
    const Heard clip = heard(joined(joined(std::vector<float>(5 * rate_hz), noise(7.0)), std::vector<float>(rate_hz)));
    EXPECT_THAT(clip.clip.embedding,
                are_near(means(clip.scales, [](std::size_t, const Segment& segment) { return segment.is_audible; })));
}

TEST(Segments, are_not_seen_any_more_when_no_visitor_wants_them) {
    const auto model = std::make_shared<const Model>(small_model());
    Tagger tagger(model);
    int count = 0;
    tagger.visit_segments([&](const SegmentMaxima&) { ++count; });
    const ClipResult seen = tag_samples(tagger, noise(2.0), {rate_hz, 1});
    const int seen_count = count;
    tagger.visit_segments({});
    EXPECT_EQ(tag_samples(tagger, noise(2.0), {rate_hz, 1}).embedding, seen.embedding);
    EXPECT_GT(seen_count, 0);
    EXPECT_EQ(count, seen_count);
}

TEST(Segments, pass_on_what_their_visitor_throws) {
    Tagger tagger(std::make_shared<const Model>(small_model()));
    tagger.visit_segments([](const SegmentMaxima&) { throw std::runtime_error("enough"); });
    EXPECT_THROW(tag_samples(tagger, noise(2.0), {rate_hz, 1}), std::runtime_error);
    tagger.visit_segments({});
    EXPECT_NO_THROW(tag_samples(tagger, noise(2.0), {rate_hz, 1}));
}

TEST(Windows, follow_each_other_and_end_with_the_clip) {
    const Heard clip = heard(noise(12.5), {5.0, 2.0});
    ASSERT_EQ(clip.windows.size(), 5U);
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_DOUBLE_EQ(clip.windows[i].start_s, 2.0 * static_cast<double>(i));
        EXPECT_DOUBLE_EQ(clip.windows[i].end_s, clip.windows[i].start_s + 5.0);
    }
    EXPECT_DOUBLE_EQ(clip.windows[4].start_s, 7.5);
    EXPECT_DOUBLE_EQ(clip.windows[4].end_s, 12.5);
    EXPECT_EQ(heard(noise(9.0), {5.0, 2.0}).windows.size(), 3U);
}

TEST(Windows, have_the_segments_whose_middles_they_hold) {
    const Heard clip = heard(noise(61.7), {5.0, 1.5});
    const std::array<double, 2> segment_frames{18.0, 27.0};
    ASSERT_GT(clip.windows.size(), 30U);
    for (const ClipWindow& window : clip.windows) {
        EXPECT_TRUE(window.is_audible);
        EXPECT_THAT(window.embedding, are_near(means(clip.scales,
                                                     [&](std::size_t scale, const Segment& segment) {
                                                         const double middle_frame =
                                                             static_cast<double>(segment.first_frame) +
                                                             segment_frames[scale] / 2;
                                                         return middle_frame >= window.start_s * frames_per_s &&
                                                                middle_frame < window.end_s * frames_per_s;
                                                     })))
            << window.start_s;
    }
}

TEST(Windows, that_are_shorter_than_a_segment_take_the_nearest_one) {
    const Heard clip = heard(noise(3.0), {0.1, 0.1});
    ASSERT_EQ(clip.windows.size(), 30U);
    const std::vector<float>& first = clip.scales[0][0].values;
    EXPECT_TRUE(std::equal(first.begin(), first.end(), clip.windows[0].embedding.begin()));
    const std::vector<float>& last = clip.scales[0].back().values;
    EXPECT_TRUE(std::equal(last.begin(), last.end(), clip.windows[29].embedding.begin()));
}

TEST(Windows, that_are_the_whole_clip_have_its_embedding) {
    for (const auto rule : {AcrossSegments::mean, AcrossSegments::mean_and_deviation}) {
        for (const double duration_s : {0.3, 4.0, 33.3}) {
            const Heard clip = heard(noise(duration_s), {60.0, 1.0}, rule);
            ASSERT_EQ(clip.windows.size(), 1U);
            EXPECT_EQ(clip.windows[0].embedding, clip.clip.embedding);
            EXPECT_DOUBLE_EQ(clip.windows[0].start_s, 0.0);
            EXPECT_DOUBLE_EQ(clip.windows[0].end_s, clip.clip.duration_s);
        }
    }
}

TEST(Windows, know_which_of_them_are_silent) {
    const Heard clip = heard(joined(std::vector<float>(10 * rate_hz), noise(10.0)), {2.0, 2.0});
    ASSERT_EQ(clip.windows.size(), 10U);
    EXPECT_FALSE(clip.windows[1].is_audible);
    EXPECT_TRUE(clip.windows[8].is_audible);
}

TEST(Windows, of_one_clip_are_forgotten_with_it) {
    const auto model = std::make_shared<const Model>(small_model());
    std::vector<double> starts;
    WindowStream windows(model, {1.0, 1.0}, [&](const ClipWindow& window) { starts.push_back(window.start_s); });
    Tagger tagger(model);
    tagger.visit_segments([&](const SegmentMaxima& segment) { windows.add(segment); });
    tag_samples(tagger, noise(1.5), {rate_hz, 1});
    windows.reset();
    starts.clear();
    tag_samples(tagger, noise(2.0), {rate_hz, 1});
    windows.finish(2.0);
    EXPECT_THAT(starts, testing::ElementsAre(0.0, 1.0));
}

TEST(Windows, need_a_duration_and_a_hop) {
    const auto model = std::make_shared<const Model>(small_model());
    for (const WindowSettings& settings : {WindowSettings{0.0, 1.0}, {1.0, 0.0}, {1.0, -1.0}, {NAN, 1.0}}) {
        try {
            WindowStream(model, settings, [](const ClipWindow&) {});
            ADD_FAILURE() << settings.duration_s << " " << settings.hop_s;
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), ErrorCode::usage);
            EXPECT_THAT(error.what(), testing::HasSubstr("expected more than 0"));
        }
    }
}

}  // namespace
}  // namespace earmark
