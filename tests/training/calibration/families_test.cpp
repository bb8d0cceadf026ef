#include "training/calibration/families.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace earmark {
namespace {

Tag tag(const std::string& name, TagCategory category, const std::string& parent = "") {
    Tag result;
    result.label = result.name = name;
    result.category = category;
    result.parent = parent;
    return result;
}

float logit(double probability) { return static_cast<float>(std::log(probability / (1.0 - probability))); }

// Half of the clips are Rock, one in a hundred is Reggae.
TEST(BalanceFamilies, moves_the_log_odds_of_a_family_by_how_often_its_first_tag_is_there) {
    std::vector<Tag> tags{tag("Metal", TagCategory::genre, "Rock"), tag("Rock", TagCategory::genre),
                          tag("Reggae", TagCategory::genre), tag("Sad", TagCategory::mood)};
    tags[0].calibration = Calibration::platt(2.0F, 0.5F);
    balance_families(tags, TagCategory::genre, 0.1, std::vector<double>{0.2, 0.5, 0.01, 0.3});
    EXPECT_EQ(tags[0].calibration, Calibration::platt(2.0F, 0.5F + logit(0.1)));
    EXPECT_EQ(tags[1].calibration, Calibration::platt(1.0F, logit(0.1)));
    EXPECT_NEAR(tags[2].calibration.intercept, logit(0.1) - logit(0.01), 1e-5F);
    EXPECT_EQ(tags[3].calibration, Calibration{}) << "another category";
}

TEST(BalanceFamilies, gives_the_frequency_to_a_clip_of_which_nothing_is_known) {
    std::vector<Tag> tags{tag("Reggae", TagCategory::genre)};
    balance_families(tags, TagCategory::genre, 0.1, std::vector<double>{0.02});
    EXPECT_NEAR(tags[0].calibration.apply(0.02F), 0.1F, 1e-6F);
}

TEST(BalanceFamilies, leaves_a_family_that_no_clip_or_every_one_has) {
    std::vector<Tag> tags{tag("A", TagCategory::genre), tag("B", TagCategory::genre)};
    balance_families(tags, TagCategory::genre, 0.1, std::vector<double>{0.0, 1.0});
    for (const Tag& unchanged : tags) EXPECT_EQ(unchanged.calibration, Calibration{});
}

TEST(BalanceFamilies, takes_a_tag_whose_parent_is_not_there_for_the_first_of_its_family) {
    std::vector<Tag> tags{tag("Metal", TagCategory::genre, "Rock")};
    balance_families(tags, TagCategory::genre, 0.1, std::vector<double>{0.1});
    EXPECT_NEAR(tags[0].calibration.intercept, 0.0F, 1e-6F);
}

}  // namespace
}  // namespace earmark
