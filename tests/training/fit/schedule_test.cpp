#include <gmock/gmock.h>

#include "training/fit/stage_control.h"

namespace earmark {
namespace {

using Decision = StageControl::Decision;
using Next = StageControl::Next;

Schedule cosine() {
    Schedule schedule;
    schedule.rule = LearningRateRule::cosine;
    schedule.learning_rate = 0.1;
    schedule.epochs = 10;
    schedule.warm_up_epochs = 2;
    return schedule;
}

TEST(CosineSchedule, rises_in_a_line_then_falls_as_half_a_cosine) {
    const Schedule schedule = cosine();
    EXPECT_DOUBLE_EQ(schedule.cosine_learning_rate(0.0), 0.0);
    EXPECT_DOUBLE_EQ(schedule.cosine_learning_rate(1.0), 0.05);
    EXPECT_DOUBLE_EQ(schedule.cosine_learning_rate(2.0), 0.1);
    // torch.optim.lr_scheduler.CosineAnnealingLR, T_max 8, after 2, 4 and 6 steps.
    EXPECT_NEAR(schedule.cosine_learning_rate(4.0), 0.08535533905932738, 1e-12);
    EXPECT_NEAR(schedule.cosine_learning_rate(6.0), 0.05, 1e-12);
    EXPECT_NEAR(schedule.cosine_learning_rate(8.0), 0.014644660940672627, 1e-12);
    EXPECT_NEAR(schedule.cosine_learning_rate(10.0), 0.0, 1e-12);
}

TEST(CosineSchedule, ends_after_its_epochs_whatever_the_losses) {
    StageControl control(cosine());
    for (int epoch = 1; epoch < 10; ++epoch) {
        EXPECT_EQ(control.report(epoch == 1 ? 0.5 : 0.6), Decision({epoch == 1, Next::epoch}));
        EXPECT_FALSE(control.state().finished);
    }
    EXPECT_EQ(control.report(0.6), Decision({false, Next::finish}));
    EXPECT_TRUE(control.state().finished);
}

TEST(CosineSchedule, keeps_a_last_epoch_that_is_the_best_and_is_finished) {
    StageControl control(cosine());
    for (int epoch = 1; epoch < 10; ++epoch) control.report(0.6);
    EXPECT_EQ(control.report(0.5), Decision({true, Next::finish}));
    EXPECT_TRUE(control.state().finished);
}

TEST(CosineSchedule, goes_on_within_an_epoch) {
    StageControl control(cosine());
    EXPECT_DOUBLE_EQ(control.learning_rate(0.5), 0.025);
    control.report(0.6);
    EXPECT_DOUBLE_EQ(control.learning_rate(0.5), 0.075);
}

}  // namespace
}  // namespace earmark
