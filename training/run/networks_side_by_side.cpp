#include "training/run/networks_side_by_side.h"

#include <string>

#include "training/run/processes.h"
#include "training/run/training_arguments.h"

namespace earmark {
namespace {

std::vector<std::string> command(const NetworksSideBySide& work, std::size_t network) {
    TrainingOptions options = work.options;
    options.worker_count = 1;
    std::vector<std::string> words = training_arguments(options);
    words.insert(words.begin(), {work.options.program->string(), network_process_word, std::to_string(network)});
    return words;
}

TaskId task_of(const NetworksSideBySide& work, std::size_t network) {
    return {TaskId::Kind::local_network, work.recipe.networks[network].segment_frames, {}};
}

/// What the process of one network reports, as the listener of the run receives it.
struct PassOnOfNetwork {
    const TaskId task;
    const std::size_t network;
    RemainingTimeEstimate& estimate;
    TrainingListener& listener;

    void operator()(const Phase& phase) const {
        if (phase.kind == Phase::Kind::task) listener.phase(phase);
    }
    void operator()(const FileProblem& problem) const { listener.warning(problem); }
    void operator()(const EpochEvent& event) const {
        listener.epoch(event.report, estimate.add(network, event.report));
    }
    void operator()(const Progress& progress) const { listener.progress({progress.done, progress.all, task}); }
    template <typename Other>
    void operator()(const Other&) const {}
};

}  // namespace

bool learn_side_by_side(const NetworksSideBySide& work, RemainingTimeEstimate& estimate, TrainingListener& listener) {
    listener.phase(
        {.kind = Phase::Kind::networks, .training_count = work.networks.size(), .process_count = work.process_count});
    const auto receive = [&](std::size_t index, const TrainingEvent& event) {
        const std::size_t network = work.networks[index];
        std::visit(PassOnOfNetwork{task_of(work, network), network, estimate, listener}, event);
    };
    const auto done = [&](std::size_t index) {
        const std::size_t network = work.networks[index];
        estimate.finish(network);
        listener.phase({.kind = Phase::Kind::trained, .task = task_of(work, network)});
    };
    return run_in_processes({.count = work.networks.size(),
                             .process_count = work.process_count,
                             .command = [&](std::size_t index) { return command(work, work.networks[index]); },
                             .event = receive,
                             .done = done,
                             .stop_requested = [&] { return listener.stop_requested(); }});
}

}  // namespace earmark
