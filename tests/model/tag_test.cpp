#include <gtest/gtest.h>

#include <string>

#include "earmark/model.h"
#include "tiny_model.h"

namespace earmark {
namespace {

struct LabelCase {
    const char* test_name;
    const char* label;
    const char* name;
    TagCategory category;
};

class TagFromLabel : public testing::TestWithParam<LabelCase> {};

TEST_P(TagFromLabel, finds_name_and_category) {
    const Tag tag = tag_from_label(GetParam().label);
    EXPECT_EQ(tag.label, GetParam().label);
    EXPECT_EQ(tag.name, GetParam().name);
    EXPECT_EQ(category_name(tag.category), category_name(GetParam().category));
    EXPECT_EQ(tag.threshold, 0.5F);
}

INSTANTIATE_TEST_SUITE_P(Labels, TagFromLabel,
                         testing::Values(LabelCase{"genre", "genre---Pop/Rock", "Pop/Rock", TagCategory::genre},
                                         LabelCase{"mood", "mood---Calm", "Calm", TagCategory::mood},
                                         LabelCase{"mood_of_jamendo", "mood/theme---happy", "happy", TagCategory::mood},
                                         LabelCase{"instrument", "instrument---violin", "violin",
                                                   TagCategory::instrument},
                                         LabelCase{"voice", "voice---choir", "choir", TagCategory::voice},
                                         LabelCase{"era", "era---80s", "80s", TagCategory::era},
                                         LabelCase{"unknown_category", "quadrant---Q1", "Q1", TagCategory::other},
                                         LabelCase{"bare_name", "female vocals", "female vocals", TagCategory::other},
                                         LabelCase{"two_separators", "genre---a---b", "a---b", TagCategory::genre},
                                         LabelCase{"no_category", "---x", "---x", TagCategory::other},
                                         LabelCase{"no_name", "genre---", "genre---", TagCategory::other},
                                         LabelCase{"empty", "", "", TagCategory::other}),
                         [](const auto& instance) { return std::string(instance.param.test_name); });

class CategoryName : public testing::TestWithParam<TagCategory> {};

TEST_P(CategoryName, leads_back_to_the_category) {
    EXPECT_EQ(category_from_name(category_name(GetParam())), GetParam());
}

INSTANTIATE_TEST_SUITE_P(All, CategoryName,
                         testing::Values(TagCategory::genre, TagCategory::mood, TagCategory::instrument,
                                         TagCategory::voice, TagCategory::era, TagCategory::other),
                         [](const auto& instance) { return std::string(category_name(instance.param)); });

TEST(CategoryName, is_other_for_any_other_word) {
    EXPECT_EQ(category_from_name("Genre"), TagCategory::other);
    EXPECT_EQ(category_from_name(""), TagCategory::other);
}

TEST(FeatureCount, is_the_sum_over_all_levels_of_all_networks) {
    EXPECT_EQ(test::tiny_model().feature_count(), 4U + 3U + 2U);
    EXPECT_EQ(Model{}.feature_count(), 0U);
}

}  // namespace
}  // namespace earmark
