#include "training/fit/fit.h"

#include <ATen/autocast_mode.h>
#include <torch/torch.h>

#include <chrono>
#include <cmath>
#include <memory>

#include "earmark/error.h"
#include "training/fit/checkpoint.h"
#include "training/recipe/seeds.h"

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

std::unique_ptr<torch::optim::Optimizer> make_optimizer(const TaggingModule& module, const Schedule& schedule) {
    if (schedule.optimizer == Optimizer::adam) {
        return std::make_unique<torch::optim::Adam>(module.parameters(),
                                                    torch::optim::AdamOptions(schedule.learning_rate));
    }
    if (schedule.optimizer == Optimizer::adamw) {
        return std::make_unique<torch::optim::AdamW>(
            module.parameters(),
            torch::optim::AdamWOptions(schedule.learning_rate).weight_decay(schedule.weight_decay));
    }
    return std::make_unique<torch::optim::SGD>(
        module.parameters(),
        torch::optim::SGDOptions(schedule.learning_rate).momentum(schedule.momentum).nesterov(schedule.momentum > 0.0));
}

// Pairs of items, mixed in proportions that Beta(alpha, alpha) gives; a target that one of the two does not know stays
// unknown.
void mix_pairs(Batch& batch, double alpha) {
    const std::int64_t count = batch.inputs.size(0);
    const torch::Tensor share = at::_sample_dirichlet(torch::full({count, 2}, alpha)).select(1, 0);
    const torch::Tensor partner = torch::randperm(count);
    const auto mix = [&](const torch::Tensor& values) {
        std::vector<std::int64_t> sizes(static_cast<std::size_t>(values.dim()), 1);
        sizes.front() = count;
        return torch::lerp(values.index_select(0, partner), values, share.view(sizes));
    };
    batch.inputs = mix(batch.inputs);
    batch.targets = mix(batch.targets);
}

torch::Tensor smoothed(const torch::Tensor& targets, const Schedule& schedule, OutputKind output) {
    const double even = output == OutputKind::sigmoid ? 0.5 : 1.0 / static_cast<double>(targets.size(1));
    return targets * (1.0 - schedule.label_smoothing) + even * schedule.label_smoothing;
}

class Fit {
public:
    Fit(const FitTask& task, TrainingListener& listener, const RemainingTime& remaining_time)
        : task_(task),
          listener_(listener),
          remaining_time_(remaining_time),
          control_(task.schedule),
          optimizer_(make_optimizer(task.module, task.schedule)) {
        FitState state{{}, copy_weights(task.module)};
        if (task.schedule.weight_average_decay > 0.0) state.average_weights = copy_weights(task.module);
        const LoadedCheckpoint loaded = load_checkpoint(task.checkpoint, task.module, *optimizer_, state);
        if (loaded.is_loaded) control_ = StageControl(task.schedule, state.control);
        if (!loaded.damage.empty())
            listener.warning(FileProblem{FileProblem::Kind::damaged_checkpoint, task.checkpoint, loaded.damage});
        kept_weights_ = std::move(state.best_weights);
        average_weights_ = std::move(state.average_weights);
    }

    bool run() {
        while (!control_.state().finished) {
            if (!run_epoch()) return false;
        }
        set_weights(task_.module, kept_weights_);
        return true;
    }

private:
    using Clock = std::chrono::steady_clock;

    // An epoch is a unit: its order and its dropout follow from its number, so that a fit that resumes from a
    // checkpoint is the same as one that was never stopped.
    bool run_epoch() {
        const auto start = Clock::now();
        const std::uint64_t seed = mix_seed(task_.seed, 0, static_cast<std::uint64_t>(control_.state().epoch));
        torch::manual_seed(seed);
        task_.batches.start_epoch(seed);

        EpochReport report;
        report.stage = control_.state().stage + 1;
        report.learning_rate = control_.learning_rate();
        if (!train_epoch(report.loss)) return false;
        const std::chrono::duration<double> training_time = Clock::now() - start;
        const bool is_averaged = !average_weights_.empty();
        const Weights trained = is_averaged ? copy_weights(task_.module) : Weights{};
        if (is_averaged) set_weights(task_.module, average_weights_);
        const Validation validation = validate();
        report.is_kept = finish_epoch(validation.loss, trained);

        report.task = task_.id;
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
        while (auto batch = task_.batches.next()) {
            if (listener_.stop_requested()) return false;
            const auto count = static_cast<std::size_t>(batch->targets.size(0));
            done += count;
            set_learning_rate(
                control_.learning_rate(static_cast<double>(done) / static_cast<double>(task_.batches.item_count())));
            loss_sum += train_batch(*batch) * static_cast<double>(count);
            listener_.progress({done, task_.batches.item_count()});
        }
        loss = loss_sum / static_cast<double>(done);
        if (!std::isfinite(loss)) fail("the loss");
        return true;
    }

    double train_batch(Batch& batch) {
        const Schedule& schedule = task_.schedule;
        if (schedule.mixup > 0.0) mix_pairs(batch, schedule.mixup);
        if (schedule.label_smoothing > 0.0) batch.targets = smoothed(batch.targets, schedule, task_.output);
        optimizer_->zero_grad();
        torch::Tensor logits;
        {
            const AutocastScope scope(task_.precision);
            logits = task_.module.forward(batch.inputs.to(device_));
        }
        const torch::Tensor loss = loss_of(logits.to(torch::kFloat32), batch.targets.to(device_));
        loss.backward();
        optimizer_->step();
        average_weights();
        return loss.item<double>();
    }

    torch::Tensor loss_of(const torch::Tensor& logits, const torch::Tensor& targets) const {
        return task_.loss ? task_.loss(logits, targets) : tagging_loss(logits, targets, task_.output);
    }

    // Statistics of batch normalization are averaged as well; whole numbers, which only count, are taken over.
    void average_weights() {
        if (average_weights_.empty()) return;
        const torch::NoGradGuard no_gradients;
        const double share = 1.0 - task_.schedule.weight_average_decay;
        auto average = average_weights_.begin();
        const auto add = [&](const torch::Tensor& value) {
            torch::Tensor& mean = (average++)->second;
            if (value.is_floating_point())
                mean.lerp_(value, share);
            else
                mean.copy_(value);
        };
        for (const auto& parameter : task_.module.parameters()) add(parameter);
        for (const auto& buffer : task_.module.buffers()) add(buffer);
    }

    Validation validate() {
        const torch::NoGradGuard no_gradients;
        task_.module.eval();
        const Validation validation = task_.validate(task_.module);
        if (!std::isfinite(validation.loss)) fail("the validation loss");
        return validation;
    }

    // Returns whether these are the weights to keep, so far. `trained` is what training goes on with, where that is not
    // what was validated.
    bool finish_epoch(double valid_loss, const Weights& trained) {
        const StageControl::Decision decision = control_.report(valid_loss);
        const bool keeps_last = task_.schedule.kept == KeptWeights::last;
        if (decision.is_best || keeps_last) kept_weights_ = copy_weights(task_.module);
        if (!trained.empty()) set_weights(task_.module, trained);
        if (decision.next == StageControl::Next::stage) {
            set_weights(task_.module, kept_weights_);
            if (!average_weights_.empty()) average_weights_ = copy_weights(task_.module);
            optimizer_->state().clear();
        }
        save_checkpoint(task_.checkpoint, task_.module, *optimizer_,
                        {control_.state(), kept_weights_, average_weights_});
        return keeps_last ? control_.state().finished : decision.is_best;
    }

    void set_learning_rate(double learning_rate) {
        for (auto& group : optimizer_->param_groups()) group.options().set_lr(learning_rate);
    }

    [[noreturn]] void fail(const std::string& what) const {
        throw Error(ErrorCode::invalid_recipe, to_string(task_.id) + ": " + what + " is not a number after epoch " +
                                                   std::to_string(control_.state().epoch + 1) +
                                                   "; expected a smaller learning_rate");
    }

    const FitTask& task_;
    TrainingListener& listener_;
    const RemainingTime& remaining_time_;
    torch::Device device_ = task_.module.parameters().front().device();
    StageControl control_;
    std::unique_ptr<torch::optim::Optimizer> optimizer_;
    Weights kept_weights_;
    Weights average_weights_;  ///< empty without weight_average_decay
};

}  // namespace

bool fit(const FitTask& task, TrainingListener& listener, const RemainingTime& remaining_time) {
    return Fit(task, listener, remaining_time).run();
}

torch::Tensor tagging_loss(const torch::Tensor& logits, const torch::Tensor& targets, OutputKind output) {
    if (output == OutputKind::softmax) return -(targets * torch::log_softmax(logits, 1)).sum(1).mean();
    const torch::Tensor known = torch::isfinite(targets);
    if (known.all().item<bool>()) return torch::binary_cross_entropy_with_logits(logits, targets);
    const torch::Tensor losses =
        torch::binary_cross_entropy_with_logits(logits, torch::nan_to_num(targets), {}, {}, at::Reduction::None);
    return (losses * known).sum() / known.sum().clamp_min(1);
}

torch::Tensor tagging_probabilities(const torch::Tensor& logits, OutputKind output) {
    return output == OutputKind::sigmoid ? torch::sigmoid(logits) : torch::softmax(logits, 1);
}

}  // namespace earmark
