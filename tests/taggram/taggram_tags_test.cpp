// When tags begin and end, which of them matter, and in which order. The expected values were worked out by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "earmark/error.h"
#include "earmark/taggram.h"
#include "tests/support/small_model.h"

namespace earmark {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

Model model_of(const std::vector<std::string>& labels, OutputKind output = OutputKind::sigmoid) {
    Model model = small_model();
    model.tags.clear();
    for (const std::string& label : labels) model.tags.push_back(tag_from_label(label));
    model.classifier.output = output;
    return model;
}

// Windows of 1 s every second; each row of `of_tags` is a tag.
Taggram taggram_of(const std::vector<std::vector<float>>& of_tags) {
    const std::size_t window_count = of_tags.front().size();
    Taggram taggram;
    taggram.window = {.duration_s = 1.0, .hop_s = 1.0};
    taggram.probabilities = Matrix(window_count, of_tags.size());
    for (std::size_t w = 0; w < window_count; ++w) {
        const auto start_s = static_cast<double>(w);
        taggram.windows.push_back({start_s, start_s + 1.0, true, {}});
        taggram.edges_s.push_back(start_s);
        for (std::size_t tag = 0; tag < of_tags.size(); ++tag) taggram.probabilities(w, tag) = of_tags[tag][w];
    }
    taggram.edges_s.push_back(static_cast<double>(window_count));
    return taggram;
}

std::vector<TagEvent> events_of(const std::vector<float>& probabilities, const EventRule& rule = {}) {
    const std::vector<TaggramTag> tags =
        taggram_tags(model_of({"genre---Rock"}), taggram_of({probabilities}), rule, {.all = true});
    return tags.front().events;
}

std::vector<std::string> names(const Model& model, const std::vector<TaggramTag>& tags) {
    std::vector<std::string> names;
    for (const TaggramTag& tag : tags) names.push_back(model.tags[tag.tag_index].name);
    return names;
}

TEST(TagEvents, begin_at_the_threshold_and_end_below_a_share_of_it) {
    // The threshold is 0.5, the end below 0.35.
    const std::vector<TagEvent> events = events_of({0.4F, 0.5F, 0.4F, 0.36F, 0.34F, 0.4F, 0.9F, 0.1F});
    ASSERT_THAT(events, SizeIs(2));
    EXPECT_EQ(events[0].start_s, 1.0);
    EXPECT_EQ(events[0].end_s, 4.0);
    EXPECT_EQ(events[0].peak_s, 1.5);
    EXPECT_EQ(events[0].peak_probability, 0.5F);
    EXPECT_EQ(events[1].start_s, 6.0);
    EXPECT_EQ(events[1].end_s, 7.0);
    EXPECT_EQ(events[1].peak_probability, 0.9F);
}

TEST(TagEvents, without_hysteresis_end_below_the_threshold) {
    const std::vector<TagEvent> events = events_of({0.5F, 0.49F, 0.5F, 0.2F}, {.end_share = 1.0});
    ASSERT_THAT(events, SizeIs(2));
    EXPECT_EQ(events[0].end_s, 1.0);
    EXPECT_EQ(events[1].start_s, 2.0);
    EXPECT_EQ(events[1].end_s, 3.0);
}

TEST(TagEvents, end_in_silence_whatever_the_rule_is) {
    const std::vector<TagEvent> events = events_of({0.6F, 0.01F, 0.0F, 0.01F}, {.end_share = 0.0});
    ASSERT_THAT(events, SizeIs(1));
    EXPECT_EQ(events[0].end_s, 2.0);
}

TEST(TagEvents, that_last_to_the_end_end_with_the_clip) {
    const std::vector<TagEvent> events = events_of({0.1F, 0.6F, 0.7F, 0.7F});
    ASSERT_THAT(events, SizeIs(1));
    EXPECT_EQ(events[0].start_s, 1.0);
    EXPECT_EQ(events[0].end_s, 4.0);
    EXPECT_EQ(events[0].peak_s, 2.5);  // the first of two equal ones
}

TEST(TagEvents, of_a_softmax_model_go_by_the_most_probable_tag) {
    const Model model = model_of({"genre---Rock", "genre---Jazz"}, OutputKind::softmax);
    const Taggram taggram = taggram_of({{0.6F, 0.45F, 0.3F, 0.5F}, {0.4F, 0.55F, 0.7F, 0.5F}});
    const std::vector<TaggramTag> tags = taggram_tags(model, taggram, {}, {.all = true});
    ASSERT_THAT(names(model, tags), ElementsAre("Rock", "Jazz"));
    // In the second window rock has 0.82 of what jazz has, in the third 0.43; equals go to the first of the tags.
    ASSERT_THAT(tags[0].events, SizeIs(2));
    EXPECT_EQ(tags[0].events[0].end_s, 2.0);
    EXPECT_EQ(tags[0].events[1].start_s, 3.0);
    ASSERT_THAT(tags[1].events, SizeIs(1));
    EXPECT_EQ(tags[1].events[0].start_s, 1.0);
    EXPECT_EQ(tags[1].events[0].end_s, 4.0);
}

TEST(TaggramTags, are_grouped_by_category_and_ordered_by_their_first_peak) {
    const Model model = model_of({"mood---Calm", "genre---Late", "genre---Early", "mood---Wild", "genre---Never"});
    const Taggram taggram = taggram_of({{0.0F, 0.6F, 0.6F, 0.0F},
                                        {0.0F, 0.6F, 0.9F, 0.0F},
                                        {0.9F, 0.6F, 0.6F, 0.6F},
                                        {0.6F, 0.6F, 0.6F, 0.6F},
                                        {0.4F, 0.4F, 0.4F, 0.4F}});
    EXPECT_THAT(names(model, taggram_tags(model, taggram)), ElementsAre("Early", "Late", "Wild", "Calm"));
    EXPECT_THAT(names(model, taggram_tags(model, taggram, {}, {.all = true})),
                ElementsAre("Early", "Never", "Late", "Wild", "Calm"));
}

TEST(TaggramTags, have_the_first_peak_in_their_first_event) {
    const std::vector<TaggramTag> tags =
        taggram_tags(model_of({"genre---Rock"}), taggram_of({{0.1F, 0.6F, 0.1F, 0.9F}}));
    ASSERT_THAT(tags, SizeIs(1));
    EXPECT_EQ(tags[0].first_peak_s, 1.5);
    EXPECT_EQ(tags[0].peak_probability, 0.9F);
    EXPECT_EQ(tags[0].active_s, 2.0);
    EXPECT_NEAR(tags[0].mean_probability, 0.425F, 1e-6F);
}

TEST(TaggramTags, matter_only_when_they_last_long_enough) {
    const Model model = model_of({"genre---Half", "genre---Quarter", "genre---Never"});
    const Taggram taggram = taggram_of({{0.6F, 0.0F, 0.6F, 0.0F}, {0.0F, 0.0F, 0.0F, 0.6F}, {0.4F, 0.4F, 0.4F, 0.4F}});
    EXPECT_THAT(taggram_tags(model, taggram, {}, {.least_active_share = 0.0}), SizeIs(2));
    EXPECT_THAT(names(model, taggram_tags(model, taggram, {}, {.least_active_share = 0.5})), ElementsAre("Half"));
    Taggram of_long_windows = taggram;
    of_long_windows.window.duration_s = 2.0;
    EXPECT_THAT(names(model, taggram_tags(model, of_long_windows)), ElementsAre("Half"));
    // In a clip that is shorter than a window, the window is the clip.
    Taggram short_clip = taggram_of({{0.6F}, {0.1F}, {0.1F}});
    short_clip.window.duration_s = 5.0;
    EXPECT_THAT(names(model, taggram_tags(model, short_clip)), ElementsAre("Half"));
}

TEST(TaggramTags, are_at_most_so_many_those_that_are_most_present) {
    const Model model = model_of({"genre---Short", "genre---Long", "genre---Strong"});
    const Taggram taggram =
        taggram_of({{0.6F, 0.0F, 0.0F, 0.0F}, {0.6F, 0.6F, 0.6F, 0.0F}, {0.0F, 0.0F, 0.95F, 0.95F}});
    EXPECT_THAT(names(model, taggram_tags(model, taggram, {}, {.most = 2})), ElementsAre("Long", "Strong"));
    EXPECT_THAT(names(model, taggram_tags(model, taggram, {}, {.most = 1})), ElementsAre("Strong"));
    EXPECT_THAT(taggram_tags(model, taggram, {}, {.most = 1, .all = true}), SizeIs(3));
}

TEST(TaggramTags, refuse_settings_out_of_range) {
    const Model model = model_of({"genre---Rock"});
    const Taggram taggram = taggram_of({{0.6F}});
    const auto message = [&](const EventRule& rule, const TaggramSelection& selection) -> std::string {
        try {
            taggram_tags(model, taggram, rule, selection);
        } catch (const Error& error) {
            return error.code() == ErrorCode::usage ? error.what() : "";
        }
        return "";
    };
    EXPECT_THAT(message({.end_share = 1.5}, {}), testing::StartsWith("end_share is 1.5"));
    EXPECT_THAT(message({}, {.least_active_share = -1.0}), testing::StartsWith("least_active_share is -1"));
    EXPECT_THAT(message({}, {.most = 0}), testing::StartsWith("most is 0"));
}

}  // namespace
}  // namespace earmark
