#pragma once

#include <cstddef>
#include <functional>
#include <string>

namespace earmark {

/// What is to be done many times, each time in a process of its own, because libtorch keeps one random generator for a
/// whole process.
struct ProcessWork {
    /// Hands a line of text to the first process.
    using Tell = std::function<void(const std::string& line)>;

    std::size_t count = 0;
    std::size_t process_count = 1;  ///< at most this many at a time

    /// Called in the new process with 0 to count - 1. Returns whether it is done; false ends the others as well.
    std::function<bool(std::size_t, const Tell&)> work;

    /// Called here with each line that work(index) tells, before `done`. May be empty.
    std::function<void(std::size_t, const std::string& line)> told;

    /// Called here after work(index) is done.
    std::function<void(std::size_t)> done;

    /// Asked a few times a second; true passes SIGINT on to the processes.
    std::function<bool()> stop_requested;
};

/// Returns whether all is done. Throws the Error that `work` threw first, after the other processes have ended; one
/// that was killed gives an Error (unwritable) that names the signal. REQUIRES: no thread of this process holds a lock
/// that `work` needs.
bool run_in_processes(const ProcessWork& work);

}  // namespace earmark
