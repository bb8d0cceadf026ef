#include "training/fit/stage_control.h"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>
#include <vector>

namespace earmark {
namespace {

using Decision = StageControl::Decision;
using Next = StageControl::Next;

constexpr Decision improved{true, Next::epoch};
constexpr Decision go_on{false, Next::epoch};
constexpr Decision next_stage{false, Next::stage};
constexpr Decision finished{false, Next::finish};

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

std::vector<Decision> decisions(StageControl& control, const std::vector<double>& losses) {
    std::vector<Decision> made;
    for (const double loss : losses) made.push_back(control.report(loss));
    return made;
}

TEST(StageControl, keeps_the_weights_of_every_better_loss) {
    StageControl control{Schedule{}};
    EXPECT_THAT(decisions(control, {0.9, 0.8, 0.7}), testing::Each(improved));
    EXPECT_EQ(control.state().best_loss, 0.7);
    EXPECT_EQ(control.state().epoch, 3);
}

TEST(StageControl, does_not_count_an_equal_loss_as_better) {
    StageControl control{Schedule{}};
    EXPECT_THAT(decisions(control, {0.9, 0.9}), testing::ElementsAre(improved, go_on));
}

TEST(StageControl, keeps_gains_below_the_least_but_runs_out_of_patience) {
    StageControl control{Schedule{}};
    EXPECT_THAT(decisions(control, {0.5, 0.49995, 0.4999, 0.49985}),
                testing::ElementsAre(improved, improved, improved, Decision{true, Next::stage}));
    EXPECT_EQ(control.state().best_loss, 0.49985);
}

// As on classes that are easy to separate.
TEST(StageControl, ends_on_a_loss_that_falls_for_ever) {
    StageControl control{Schedule{}};
    while (!control.state().finished && control.state().epoch < 1000) control.report(1.0 / (1 + control.state().epoch));
    EXPECT_LT(control.state().epoch, 150);
}

TEST(StageControl, ends_a_stage_after_three_epochs_without_a_better_loss) {
    StageControl control{Schedule{}};
    EXPECT_THAT(decisions(control, {0.5, 0.6, 0.6, 0.6}), testing::ElementsAre(improved, go_on, go_on, next_stage));
}

TEST(StageControl, counts_patience_anew_after_a_better_loss) {
    StageControl control{Schedule{}};
    decisions(control, {0.5, 0.6, 0.6, 0.4});
    EXPECT_THAT(decisions(control, {0.5, 0.5, 0.5}), testing::ElementsAre(go_on, go_on, next_stage));
}

TEST(StageControl, counts_patience_anew_in_each_stage) {
    StageControl control{Schedule{}};
    decisions(control, {0.5, 0.6, 0.6, 0.6});
    EXPECT_THAT(decisions(control, {0.6, 0.6, 0.6}), testing::ElementsAre(go_on, go_on, next_stage));
}

TEST(StageControl, keeps_the_best_loss_of_all_stages) {
    StageControl control{Schedule{}};
    decisions(control, {0.5, 0.6, 0.6, 0.6});
    EXPECT_EQ(control.report(0.55), go_on);
    EXPECT_EQ(control.report(0.45), improved);
}

TEST(StageControl, divides_the_learning_rate_by_five_four_times_and_then_finishes) {
    StageControl control{Schedule{}};
    control.report(0.5);
    std::vector<double> rates;
    while (!control.state().finished) {
        rates.push_back(control.learning_rate());
        decisions(control, {0.6, 0.6, 0.6});
    }
    ASSERT_EQ(rates.size(), 5U);
    for (std::size_t stage = 0; stage < rates.size(); ++stage) {
        EXPECT_NEAR(rates[stage], 0.01 / std::pow(5.0, stage), 1e-15);
    }
    EXPECT_EQ(control.state().epoch, 1 + 5 * 3);
}

TEST(StageControl, is_finished_at_the_end_of_the_last_stage) {
    StageControl control{Schedule{.learning_rate_reductions = 0, .patience_epochs = 1}};
    EXPECT_THAT(decisions(control, {0.5, 0.6}), testing::ElementsAre(improved, finished));
}

TEST(StageControl, never_takes_a_loss_that_is_not_a_number_for_the_best) {
    StageControl control{Schedule{}};
    EXPECT_EQ(control.report(not_a_number), go_on);
    EXPECT_EQ(control.report(0.5), improved);
    EXPECT_EQ(control.report(not_a_number), go_on);
    EXPECT_EQ(control.state().best_loss, 0.5);
}

TEST(StageControl, uses_up_patience_on_losses_that_are_not_numbers_or_infinite) {
    StageControl control{Schedule{}};
    const std::vector<Decision> made =
        decisions(control, {not_a_number, std::numeric_limits<double>::infinity(), not_a_number});
    EXPECT_EQ(made.back(), next_stage);
}

TEST(StageControl, goes_on_from_a_saved_state_as_if_never_stopped) {
    const std::vector<double> losses{0.9, 0.8, 0.8, 0.8, 0.8, 0.7, 0.9, 0.9, 0.9, 0.9};
    StageControl uninterrupted{Schedule{}};
    const std::vector<Decision> expected = decisions(uninterrupted, losses);
    StageControl::State state;
    for (std::size_t i = 0; i < losses.size(); ++i) {
        StageControl resumed(Schedule{}, state);
        EXPECT_EQ(resumed.report(losses[i]), expected[i]) << "epoch " << i;
        state = resumed.state();
    }
    EXPECT_EQ(state, uninterrupted.state());
}

}  // namespace
}  // namespace earmark
