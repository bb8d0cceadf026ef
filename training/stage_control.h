#pragma once

#include <limits>

#include "training/recipe.h"

namespace earmark {

/// Early stopping with stages of the learning rate (see Schedule). A value: copy it to save it.
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
        if (valid_loss < state_.best_loss) {
            state_.best_loss = valid_loss;
            state_.epochs_without_improvement = 0;
            return Decision::improved;
        }
        if (++state_.epochs_without_improvement < schedule_.patience_epochs) return Decision::go_on;
        state_.epochs_without_improvement = 0;
        state_.finished = state_.stage + 1 == schedule_.stage_count();
        if (state_.finished) return Decision::finished;
        ++state_.stage;
        return Decision::next_stage;
    }

    double learning_rate() const noexcept { return schedule_.stage_learning_rate(state_.stage); }
    const State& state() const noexcept { return state_; }

private:
    Schedule schedule_;
    State state_;
};

}  // namespace earmark
