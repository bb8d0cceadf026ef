#include "apps/train/training_process.h"

#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <functional>

#include "apps/common/interrupt.h"
#include "earmark/decode.h"
#include "training/run/networks_side_by_side.h"
#include "training/run/processes.h"
#include "training/run/train.h"
#include "training/run/training_arguments.h"
#include "training/study/train_in_processes.h"

namespace earmark {
namespace {

constexpr int process_failed = 2;
constexpr std::chrono::milliseconds shortest_interval{100};  // of progress, of which there is some for each batch

// A program that is gone is a SIGPIPE, which ends this one.
void write_event(const TrainingEvent& event) {
    const std::string line = event_json(event) + "\n";
    for (std::size_t done = 0; done < line.size();) {
        const ssize_t count = write(event_descriptor, line.data() + done, line.size() - done);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) std::exit(process_failed);  // there is nobody to report to
        done += static_cast<std::size_t>(count);
    }
}

class WritingListener : public TrainingListener {
public:
    void phase(const Phase& phase) override { write_event(phase); }
    void warning(const Warning& warning) override {
        std::visit([](const auto& each) { write_event(each); }, warning);
    }
    void device(const ComputeDevice& device) override { write_event(device); }
    void progress(const Progress& progress) override {
        const auto now = std::chrono::steady_clock::now();
        if (now - last_progress_ < shortest_interval && progress.done < progress.all) return;
        last_progress_ = now;
        write_event(progress);
    }
    void epoch(const EpochReport& report, std::optional<double> remaining_s) override {
        write_event(EpochEvent{report, remaining_s});
    }
    bool stop_requested() override { return interrupted(); }

private:
    std::chrono::steady_clock::time_point last_progress_{};
};

// Does the work until it is done or interrupted, and ends by `signal` when the program that started it is gone.
int run_until_interrupted(int signal, const std::function<bool(TrainingListener&)>& work) {
    catch_interrupts();
    prctl(PR_SET_PDEATHSIG, signal);
    silence_ffmpeg_messages();
    try {
        WritingListener listener;
        return work(listener) ? process_done : process_stopped;
    } catch (const Error& error) {
        write_event(Failure{error.code(), error.what()});
    } catch (const std::exception& error) {
        write_event(Failure{ErrorCode::unwritable, error.what()});
    }
    return process_failed;
}

// Its networks are processes as well where the study gives it several workers.
int run_training(const std::vector<std::string>& arguments) {
    return run_until_interrupted(SIGTERM, [&](TrainingListener& listener) {
        TrainingOptions options = parse_training_arguments(arguments);
        options.program = "/proc/self/exe";
        return train(options, listener).finished;
    });
}

// Nothing but whole checkpoints is left of it, so that it need not wait for the end of a batch. The lock on the folder
// is that of the program which started it: what is killed with that leaves the folder to the next one.
int run_network(const std::string& network, const std::vector<std::string>& arguments) {
    return run_until_interrupted(SIGKILL, [&](TrainingListener& listener) {
        return train_network(parse_training_arguments(arguments), std::stoul(network), listener);
    });
}

}  // namespace

std::optional<int> run_as_process(const std::vector<std::string>& arguments) {
    if (arguments.empty()) return std::nullopt;
    if (arguments[0] == training_process_word) return run_training({arguments.begin() + 1, arguments.end()});
    if (arguments[0] == network_process_word && arguments.size() > 1)
        return run_network(arguments[1], {arguments.begin() + 2, arguments.end()});
    return std::nullopt;
}

}  // namespace earmark
