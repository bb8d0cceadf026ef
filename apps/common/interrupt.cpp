#include "apps/common/interrupt.h"

#include <atomic>
#include <chrono>
#include <csignal>

namespace earmark {
namespace {

std::atomic<bool> has_come = false;
static_assert(std::atomic<bool>::is_always_lock_free);  // or a signal handler could not set it

void note(int signal) {
    has_come = true;
    // Of a closed terminal there are two, from the shell and from the kernel.
    if (signal != SIGHUP) std::signal(signal, SIG_DFL);
}

}  // namespace

void catch_interrupts() {
    std::signal(SIGINT, note);
    std::signal(SIGTERM, note);
    // nohup has it ignored, and means it.
    if (std::signal(SIGHUP, note) == SIG_IGN) std::signal(SIGHUP, SIG_IGN);
}

bool interrupted() noexcept { return has_come; }

InterruptWatch::InterruptWatch()
    : thread_([this](const std::stop_token& end) {
          constexpr std::chrono::milliseconds look_every{50};
          std::unique_lock lock(mutex_);
          while (!end.stop_requested() && !interrupted())
              ended_.wait_for(lock, end, look_every, [] { return interrupted(); });
          if (interrupted()) stop_.request_stop();
      }) {}

}  // namespace earmark
