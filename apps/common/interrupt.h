#pragma once

#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

namespace earmark {

/// From now on SIGINT (Ctrl-C), SIGTERM and SIGHUP (the terminal was closed) only set a flag; a second SIGINT or
/// SIGTERM ends the program at once.
void catch_interrupts();

/// Whether one came. May be called from any thread.
bool interrupted() noexcept;

/// The same flag as a stop token: a thread looks at it 20 times a second while this object lives.
class InterruptWatch {
public:
    InterruptWatch();

    std::stop_token token() const noexcept { return stop_.get_token(); }

private:
    std::stop_source stop_;
    std::mutex mutex_;
    std::condition_variable_any ended_;
    std::jthread thread_;  ///< last, so that it ends before what it uses
};

}  // namespace earmark
