#include "training/run/remaining_time.h"

#include <gtest/gtest.h>

#include <array>
#include <optional>

#include "tests/training/support/tiny_recipe.h"

namespace earmark {
namespace {

// Epochs of the first of two networks, with a cosine schedule of 20 epochs.
class RemainingTimeOf : public testing::Test {
protected:
    RemainingTimeOf() {
        recipe_.local_learning.rule = LearningRateRule::cosine;
        recipe_.local_learning.epochs = 20;
    }

    double after_epoch_of(double duration_s) { return after_epoch_of(0, duration_s); }

    double after_epoch_of(std::size_t network, double duration_s) {
        EpochReport report;
        report.epoch = ++epochs_[network];
        report.stage = report.stage_count = 1;
        report.duration_s = duration_s;
        return estimate_->add(network, report);
    }

    Recipe recipe_ = tiny_recipe();
    std::optional<RemainingTimeEstimate> estimate_{std::in_place, recipe_};
    std::array<int, 3> epochs_{};
};

TEST_F(RemainingTimeOf, equal_epochs_is_their_duration_times_their_number) {
    EXPECT_DOUBLE_EQ(after_epoch_of(10.0), 390.0);
    EXPECT_DOUBLE_EQ(after_epoch_of(10.0), 380.0);
}

TEST_F(RemainingTimeOf, an_epoch_on_a_busy_machine_is_that_of_the_epochs_before) {
    for (int i = 0; i < 3; ++i) after_epoch_of(10.0);
    EXPECT_DOUBLE_EQ(after_epoch_of(200.0), 360.0);
    EXPECT_DOUBLE_EQ(after_epoch_of(200.0), 350.0);
}

TEST_F(RemainingTimeOf, the_first_epoch_after_a_busy_time_is_that_of_a_free_machine) {
    for (int i = 0; i < 8; ++i) after_epoch_of(200.0);
    EXPECT_DOUBLE_EQ(after_epoch_of(10.0), 310.0);
}

TEST_F(RemainingTimeOf, a_machine_that_stays_busy_is_what_its_epochs_take) {
    after_epoch_of(10.0);
    for (int i = 0; i < 4; ++i) after_epoch_of(200.0);
    EXPECT_DOUBLE_EQ(after_epoch_of(200.0), 34 * 200.0);
}

TEST_F(RemainingTimeOf, networks_after_this_one_is_as_that_of_this_one) {
    for (int i = 0; i < 20; ++i) after_epoch_of(0, 200.0);
    estimate_->finish(0);
    EXPECT_DOUBLE_EQ(after_epoch_of(1, 10.0), 190.0);
}

// The same with three networks, two at a time.
class RemainingTimeSideBySideOf : public RemainingTimeOf {
protected:
    RemainingTimeSideBySideOf() {
        recipe_.networks.push_back(recipe_.networks.back());
        estimate_.emplace(recipe_, 2);
    }
};

TEST_F(RemainingTimeSideBySideOf, networks_is_what_they_take_together_shared_by_the_processes) {
    EXPECT_DOUBLE_EQ(after_epoch_of(0, 10.0), (190.0 + 200.0 + 200.0) / 2);
    EXPECT_DOUBLE_EQ(after_epoch_of(1, 20.0), (190.0 + 380.0 + 400.0) / 2);
    EXPECT_DOUBLE_EQ(after_epoch_of(0, 10.0), (180.0 + 380.0 + 200.0) / 2);
}

TEST_F(RemainingTimeSideBySideOf, networks_is_no_less_than_what_one_of_them_takes) {
    after_epoch_of(0, 10.0);
    estimate_->finish(0);
    estimate_->finish(2);
    EXPECT_DOUBLE_EQ(after_epoch_of(1, 30.0), 19 * 30.0);
}

TEST_F(RemainingTimeSideBySideOf, networks_that_were_learned_before_is_nothing) {
    estimate_->finish(0);
    EXPECT_DOUBLE_EQ(after_epoch_of(1, 10.0), 200.0);
}

}  // namespace
}  // namespace earmark
