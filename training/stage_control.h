#pragma once

#include <limits>

#include "training/recipe.h"

namespace earmark {

/// Which weights to keep, when to go on with another learning rate, and when to end (see Schedule). A value: copy it to
/// save it.
class StageControl {
public:
    enum class Decision {
        improved,    ///< the best validation loss so far: keep these weights
        go_on,       ///< no better, patience is left
        next_stage,  ///< patience is used up: go back to the best weights, with the next learning rate
        finished,    ///< the last stage has ended
    };

    struct State {
        int epoch = 0;  ///< epochs that were reported
        int stage = 0;
        int epochs_without_improvement = 0;
        double best_loss = std::numeric_limits<double>::infinity();
        bool finished = false;

        bool operator==(const State&) const = default;
    };

    explicit StageControl(const Schedule& schedule) : schedule_(schedule) {}
    StageControl(const Schedule& schedule, const State& state) : schedule_(schedule), state_(state) {}

    /// Takes the validation loss of one more epoch.
    Decision report(double valid_loss) {
        ++state_.epoch;
        if (schedule_.rule == LearningRateRule::cosine) state_.finished = state_.epoch >= schedule_.epochs;
        if (valid_loss < state_.best_loss) {
            state_.best_loss = valid_loss;
            state_.epochs_without_improvement = 0;
            return Decision::improved;
        }
        if (schedule_.rule == LearningRateRule::cosine) {
            return state_.finished ? Decision::finished : Decision::go_on;
        }
        if (++state_.epochs_without_improvement < schedule_.patience_epochs) return Decision::go_on;
        state_.epochs_without_improvement = 0;
        state_.finished = state_.stage + 1 == schedule_.stage_count();
        if (state_.finished) return Decision::finished;
        ++state_.stage;
        return Decision::next_stage;
    }

    /// For the epoch that is to come, of which `done` is over, within [0, 1].
    double learning_rate(double done = 0.0) const noexcept {
        return schedule_.rule == LearningRateRule::cosine ? schedule_.cosine_learning_rate(state_.epoch + done)
                                                          : schedule_.stage_learning_rate(state_.stage);
    }
    const State& state() const noexcept { return state_; }

private:
    Schedule schedule_;
    State state_;
};

}  // namespace earmark
