#include "training/run/learn_networks.h"

#include <algorithm>

#include "training/fit/checkpoint.h"
#include "training/local_learning/local_learning.h"
#include "training/run/networks_side_by_side.h"
#include "training/run/remaining_time.h"

namespace earmark {
namespace {

TaskId task_of(const LocalLearning& work, std::size_t network) {
    return {TaskId::Kind::local_network, work.inputs.recipe.networks.at(network).segment_frames, {}};
}

std::optional<NetworkWeights> learn(const LocalLearning& work, std::size_t network, TrainingListener& listener,
                                    const RemainingTime& remaining_time) {
    return learn_local_network(work.inputs.recipe, network, work.clips, work.inputs.teachers.get(), work.compute,
                               work.folder.checkpoint(task_of(work, network)), listener, remaining_time);
}

std::vector<std::size_t> networks_left(const LocalLearning& work) {
    std::vector<std::size_t> left;
    for (std::size_t i = 0; i < work.inputs.recipe.networks.size(); ++i)
        if (!holds_finished_fit(work.folder.checkpoint(task_of(work, i)))) left.push_back(i);
    return left;
}

// A GPU is not shared: one network after the other has all of it.
std::size_t process_count(const LocalLearning& work, std::size_t network_count) {
    if (!work.options.program || work.compute.device.kind != ComputeDevice::Kind::cpu) return 1;
    return std::max<std::size_t>(1, std::min(work.options.worker_count, network_count));
}

RemainingTimeEstimate estimate_of(const LocalLearning& work, const std::vector<std::size_t>& left,
                                  std::size_t process_count) {
    RemainingTimeEstimate estimate(work.inputs.recipe, process_count);
    for (std::size_t i = 0; i < work.inputs.recipe.networks.size(); ++i)
        if (std::ranges::find(left, i) == left.end()) estimate.finish(i);
    return estimate;
}

}  // namespace

std::optional<LearnedNetworks> learn_networks(const LocalLearning& work, TrainingListener& listener) {
    const std::vector<std::size_t> left = networks_left(work);
    const std::size_t processes = process_count(work, left.size());
    RemainingTimeEstimate estimate = estimate_of(work, left, processes);
    LearnedNetworks learned;
    if (processes > 1 && !learn_side_by_side({work.options, work.inputs.recipe, left, processes}, estimate, listener))
        return std::nullopt;
    for (std::size_t i = 0; i < work.inputs.recipe.networks.size(); ++i) {
        if (processes == 1) listener.phase({.kind = Phase::Kind::task, .task = task_of(work, i)});
        // Of a network that is learned its checkpoint is read.
        auto weights = learn(work, i, listener, [&](const EpochReport& report) { return estimate.add(i, report); });
        if (!weights) return std::nullopt;
        estimate.finish(i);
        learned.weights.push_back(std::move(*weights));
    }
    learned.frames_per_second = estimate.frames_per_second();
    return learned;
}

bool learn_one_network(const LocalLearning& work, std::size_t network, TrainingListener& listener) {
    listener.phase({.kind = Phase::Kind::task, .task = task_of(work, network)});
    return learn(work, network, listener, [](const EpochReport&) { return std::nullopt; }).has_value();
}

}  // namespace earmark
