#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "training/run/event_json.h"

namespace earmark {

/// The file descriptor on which a training process writes its events, one line of event_json() each.
inline constexpr int event_descriptor = 3;

/// How a training process ends: any other status is a failure, which a Failure event before it explains.
inline constexpr int process_done = 0;
inline constexpr int process_stopped = 1;

/// What is to be done many times, each time by a program in a process of its own, because libtorch keeps one random
/// generator for a whole process.
struct ProcessWork {
    std::size_t count = 0;
    std::size_t process_count = 1;  ///< at most this many at a time

    /// The program and its arguments, for 0 to count - 1. Any end but process_done ends the others as well.
    std::function<std::vector<std::string>(std::size_t)> command;

    /// Called with each event that process(index) writes, before `done`. May be empty.
    std::function<void(std::size_t, const TrainingEvent&)> event;

    /// Called after process(index) is done.
    std::function<void(std::size_t)> done;

    /// Asked a few times a second; true passes SIGINT on to the processes.
    std::function<bool()> stop_requested;
};

/// Returns whether all is done. Throws the Error of the first Failure, after the other processes have ended; a process
/// that was killed, or could not be started, gives an Error (unwritable) that states it, and one that writes anything
/// but events an Error (unreadable). All functions are called by the calling thread.
bool run_in_processes(const ProcessWork& work);

}  // namespace earmark
