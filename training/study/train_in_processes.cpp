#include "training/study/train_in_processes.h"

#include <utility>
#include <variant>

#include "training/run/processes.h"
#include "training/run/training_arguments.h"

namespace earmark {
namespace {

/// What several trainings report, as one listener receives it.
class JoinedEvents {
public:
    JoinedEvents(const std::vector<ProcessTraining>& trainings, bool is_one_at_a_time, TrainingListener& listener)
        : trainings_(trainings), is_one_at_a_time_(is_one_at_a_time), listener_(listener) {}

    void receive(std::size_t index, const TrainingEvent& event) {
        if (const auto* phase = std::get_if<Phase>(&event)) {
            Phase own = *phase;
            own.run = trainings_[index].run;
            listener_.phase(own);
        } else if (std::holds_alternative<LeftOutClips>(event)) {
            if (std::exchange(is_first_warning_, false)) pass_on(event, listener_);  // of every training the same
        } else if (std::holds_alternative<ComputeDevice>(event)) {
            if (std::exchange(is_first_device_, false)) pass_on(event, listener_);
        } else if (std::holds_alternative<FileProblem>(event)) {
            pass_on(event, listener_);
        } else if (is_one_at_a_time_ && !std::holds_alternative<ClipProblem>(event)) {
            pass_on(event, listener_);
        }
    }

    void done(std::size_t index) {
        listener_.phase({.kind = Phase::Kind::trained, .run = trainings_[index].run});
        ++done_count_;
        if (!is_one_at_a_time_) listener_.progress({done_count_, trainings_.size()});
    }

private:
    const std::vector<ProcessTraining>& trainings_;
    bool is_one_at_a_time_;
    TrainingListener& listener_;
    bool is_first_device_ = true;
    bool is_first_warning_ = true;
    std::size_t done_count_ = 0;
};

}  // namespace

bool train_in_processes(const std::vector<ProcessTraining>& trainings, std::size_t process_count,
                        const std::filesystem::path& program, TrainingListener& listener) {
    JoinedEvents events(trainings, process_count == 1, listener);
    const auto command = [&](std::size_t index) {
        std::vector<std::string> words = training_arguments(trainings[index].options);
        words.insert(words.begin(), {program.string(), training_process_word});
        return words;
    };
    return run_in_processes(
        {.count = trainings.size(),
         .process_count = process_count,
         .command = command,
         .event = [&](std::size_t index, const TrainingEvent& event) { events.receive(index, event); },
         .done = [&](std::size_t index) { events.done(index); },
         .stop_requested = [&] { return listener.stop_requested(); }});
}

}  // namespace earmark
