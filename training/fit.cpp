#include "training/fit.h"

#include <ATen/autocast_mode.h>
#include <torch/torch.h>

#include <chrono>
#include <cmath>
#include <memory>

#include "earmark/error.h"
#include "training/checkpoint.h"

namespace earmark {
namespace {

// Runs the operations that gain by it in bfloat16, for as long as it lives.
class AutocastScope {
public:
    explicit AutocastScope(Precision precision) : enabled_(precision == Precision::bfloat16) {
        if (!enabled_) return;
        at::autocast::set_cpu_enabled(true);
        at::autocast::set_autocast_cpu_dtype(torch::kBFloat16);
    }
    AutocastScope(const AutocastScope&) = delete;
    AutocastScope& operator=(const AutocastScope&) = delete;
    ~AutocastScope() {
        if (!enabled_) return;
        at::autocast::clear_cache();
        at::autocast::set_cpu_enabled(false);
    }

private:
    bool enabled_;
};

std::unique_ptr<torch::optim::Optimizer> make_optimiser(const TaggingModule& module, const Schedule& schedule) {
    if (schedule.optimiser == Optimiser::adam) {
        return std::make_unique<torch::optim::Adam>(module.parameters(),
                                                    torch::optim::AdamOptions(schedule.learning_rate));
    }
    return std::make_unique<torch::optim::SGD>(
        module.parameters(),
        torch::optim::SGDOptions(schedule.learning_rate).momentum(schedule.momentum).nesterov(schedule.momentum > 0.0));
}

class Fit {
public:
    Fit(const FitTask& task, TrainingListener& listener, const RemainingTime& remaining_time)
        : task_(task),
          listener_(listener),
          remaining_time_(remaining_time),
          control_(task.schedule),
          optimiser_(make_optimiser(task.module, task.schedule)) {
        FitState state{{}, copy_weights(task.module)};
        if (load_checkpoint(task.checkpoint, task.module, *optimiser_, state)) {
            control_ = StageControl(task.schedule, state.control);
        }
        best_weights_ = std::move(state.best_weights);
    }

    bool run() {
        while (!control_.state().finished) {
            if (!run_epoch()) return false;
        }
        set_weights(task_.module, best_weights_);
        return true;
    }

private:
    using Clock = std::chrono::steady_clock;

    // An epoch is a unit: its order and its dropout follow from its number, so that a fit that goes on from a
    // checkpoint is the same as one that was never stopped.
    bool run_epoch() {
        const auto start = Clock::now();
        const std::uint64_t seed = mix_seed(task_.seed, 0, static_cast<std::uint64_t>(control_.state().epoch));
        torch::manual_seed(seed);
        set_learning_rate(control_.learning_rate());
        task_.batches.start_epoch(seed);

        EpochReport report;
        report.stage = control_.state().stage + 1;
        report.learning_rate = control_.learning_rate();
        if (!train_epoch(report.loss)) return false;
        const std::chrono::duration<double> training_time = Clock::now() - start;
        const Validation validation = validate();
        report.is_best = finish_epoch(validation.loss);

        report.task = task_.name;
        report.epoch = control_.state().epoch;
        report.stage_count = task_.schedule.stage_count();
        report.valid_loss = validation.loss;
        report.valid_roc_auc = validation.roc_auc;
        report.frames_per_second =
            static_cast<double>(task_.batches.item_count() * task_.batches.frames_per_item()) / training_time.count();
        report.duration_s = std::chrono::duration<double>(Clock::now() - start).count();
        listener_.epoch(report, remaining_time_(report));
        return true;
    }

    bool train_epoch(double& loss) {
        task_.module.train();
        double loss_sum = 0.0;
        std::size_t done = 0;
        while (const auto batch = task_.batches.next()) {
            if (listener_.stop_requested()) return false;
            const auto count = static_cast<std::size_t>(batch->targets.size(0));
            loss_sum += train_batch(*batch) * static_cast<double>(count);
            done += count;
            listener_.progress(done, task_.batches.item_count());
        }
        loss = loss_sum / static_cast<double>(done);
        if (!std::isfinite(loss)) fail("the loss");
        return true;
    }

    double train_batch(const Batch& batch) {
        optimiser_->zero_grad();
        torch::Tensor logits;
        {
            const AutocastScope scope(task_.precision);
            logits = task_.module.forward(batch.inputs.to(device_));
        }
        const torch::Tensor loss = tagging_loss(logits.to(torch::kFloat32), batch.targets.to(device_), task_.output);
        loss.backward();
        optimiser_->step();
        return loss.item<double>();
    }

    Validation validate() {
        const torch::NoGradGuard no_gradients;
        task_.module.eval();
        const Validation validation = task_.validate(task_.module);
        if (!std::isfinite(validation.loss)) fail("the validation loss");
        return validation;
    }

    // Returns whether these are the best weights so far.
    bool finish_epoch(double valid_loss) {
        const StageControl::Decision decision = control_.report(valid_loss);
        if (decision == StageControl::Decision::improved) best_weights_ = copy_weights(task_.module);
        if (decision == StageControl::Decision::next_stage) {
            set_weights(task_.module, best_weights_);
            optimiser_->state().clear();
        }
        save_checkpoint(task_.checkpoint, task_.module, *optimiser_, {control_.state(), best_weights_});
        return decision == StageControl::Decision::improved;
    }

    void set_learning_rate(double learning_rate) {
        for (auto& group : optimiser_->param_groups()) group.options().set_lr(learning_rate);
    }

    [[noreturn]] void fail(const std::string& what) const {
        throw Error(ErrorCode::invalid_recipe, task_.name + ": " + what + " is not a number after epoch " +
                                                   std::to_string(control_.state().epoch + 1) +
                                                   "; expected a learning_rate that is small enough");
    }

    const FitTask& task_;
    TrainingListener& listener_;
    const RemainingTime& remaining_time_;
    torch::Device device_ = task_.module.parameters().front().device();
    StageControl control_;
    std::unique_ptr<torch::optim::Optimizer> optimiser_;
    Weights best_weights_;
};

}  // namespace

bool fit(const FitTask& task, TrainingListener& listener, const RemainingTime& remaining_time) {
    return Fit(task, listener, remaining_time).run();
}

torch::Tensor tagging_loss(const torch::Tensor& logits, const torch::Tensor& targets, OutputKind output) {
    if (output == OutputKind::sigmoid) return torch::binary_cross_entropy_with_logits(logits, targets);
    return -(targets * torch::log_softmax(logits, 1)).sum(1).mean();
}

torch::Tensor tagging_probabilities(const torch::Tensor& logits, OutputKind output) {
    return output == OutputKind::sigmoid ? torch::sigmoid(logits) : torch::softmax(logits, 1);
}

}  // namespace earmark
