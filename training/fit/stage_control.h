#pragma once

#include <limits>

#include "training/recipe/recipe.h"

namespace earmark {

/// Which weights to keep, when to go on with another learning rate, and when to end (see Schedule). A value: copy it to
/// save it.
class StageControl {
public:
    /// What a loss must fall by for patience to begin anew, as in scikit-learn's `tol` and Keras's `min_delta`. Without
    /// it, training on classes that are easy to separate hardly ends: its loss falls a little for ever.
    static constexpr double least_gain = 1e-4;

    enum class Next {
        epoch,   ///< another one of this stage
        stage,   ///< patience is used up: go back to the best weights, with the next learning rate
        finish,  ///< the last stage has ended
    };

    struct Decision {
        bool is_best = false;  ///< the best validation loss so far: keep these weights
        Next next = Next::epoch;

        bool operator==(const Decision&) const = default;
    };

    struct State {
        int epoch = 0;  ///< epochs that were reported
        int stage = 0;
        int epochs_without_gain = 0;
        double best_loss = std::numeric_limits<double>::infinity();
        bool finished = false;

        bool operator==(const State&) const = default;
    };

    explicit StageControl(const Schedule& schedule) : schedule_(schedule) {}
    StageControl(const Schedule& schedule, const State& state) : schedule_(schedule), state_(state) {}

    /// Takes the validation loss of one more epoch.
    Decision report(double valid_loss) {
        ++state_.epoch;
        const bool is_gain = valid_loss < state_.best_loss - least_gain;
        state_.epochs_without_gain = is_gain ? 0 : state_.epochs_without_gain + 1;
        const bool is_best = valid_loss < state_.best_loss;
        if (is_best) state_.best_loss = valid_loss;
        return {is_best, next()};
    }

    /// For the epoch that is to come, of which `done` is over, within [0, 1].
    double learning_rate(double done = 0.0) const noexcept {
        return schedule_.rule == LearningRateRule::cosine ? schedule_.cosine_learning_rate(state_.epoch + done)
                                                          : schedule_.stage_learning_rate(state_.stage);
    }
    const State& state() const noexcept { return state_; }

private:
    Next next() {
        if (schedule_.rule == LearningRateRule::cosine) {
            state_.finished = state_.epoch >= schedule_.epochs;
            return state_.finished ? Next::finish : Next::epoch;
        }
        if (state_.epochs_without_gain < schedule_.patience_epochs) return Next::epoch;
        state_.epochs_without_gain = 0;
        state_.finished = state_.stage + 1 == schedule_.stage_count();
        if (state_.finished) return Next::finish;
        ++state_.stage;
        return Next::stage;
    }

    Schedule schedule_;
    State state_;
};

}  // namespace earmark
