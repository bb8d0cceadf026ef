#include "training/run/remaining_time.h"

#include <gtest/gtest.h>

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

    double after_epoch_of(double duration_s) {
        EpochReport report;
        report.epoch = ++epoch_;
        report.stage = report.stage_count = 1;
        report.duration_s = duration_s;
        return estimate_.add(0, report);
    }

    Recipe recipe_ = tiny_recipe();
    RemainingTimeEstimate estimate_{recipe_};
    int epoch_ = 0;
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

}  // namespace
}  // namespace earmark
