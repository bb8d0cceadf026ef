#include "training/run/processes.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "earmark/error.h"

namespace earmark {
namespace {

constexpr int poll_interval_ms = 200;

// Appends what has come; false when the other end is closed.
bool read_some(int descriptor, std::string& text) {
    char buffer[4096];
    ssize_t count = 0;
    do {
        count = read(descriptor, buffer, sizeof(buffer));
    } while (count < 0 && errno == EINTR);
    if (count <= 0) return false;
    text.append(buffer, static_cast<std::size_t>(count));
    return true;
}

[[noreturn]] void fail_to_start(const std::string& what, int reason) {
    throw Error(ErrorCode::unwritable, "cannot start a process: " + what + ": " + std::strerror(reason));
}

/// What posix_spawn() does in the new process: a group of its own, so that Ctrl-C comes from the first process alone,
/// and once; events on their descriptor; standard output of the first process is not its own.
class SpawnSettings {
public:
    explicit SpawnSettings(int events) {
        posix_spawnattr_init(&attributes_);
        posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
        sigset_t interrupt;  // ignored in what a shell runs in the background
        sigemptyset(&interrupt);
        sigaddset(&interrupt, SIGINT);
        posix_spawnattr_setsigdefault(&attributes_, &interrupt);
        posix_spawn_file_actions_init(&actions_);
        posix_spawn_file_actions_adddup2(&actions_, events, event_descriptor);
        posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&actions_, STDERR_FILENO, STDOUT_FILENO);
    }
    SpawnSettings(const SpawnSettings&) = delete;
    SpawnSettings& operator=(const SpawnSettings&) = delete;
    ~SpawnSettings() {
        posix_spawn_file_actions_destroy(&actions_);
        posix_spawnattr_destroy(&attributes_);
    }

    const posix_spawnattr_t* attributes() const { return &attributes_; }
    const posix_spawn_file_actions_t* actions() const { return &actions_; }

private:
    posix_spawnattr_t attributes_{};
    posix_spawn_file_actions_t actions_{};
};

pid_t spawn(std::vector<std::string> words, int events) {
    std::vector<char*> arguments;
    arguments.reserve(words.size() + 1);
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const SpawnSettings settings(events);
    pid_t id = 0;
    const int failure =
        posix_spawn(&id, arguments.front(), settings.actions(), settings.attributes(), arguments.data(), environ);
    if (failure != 0) fail_to_start(words.front(), failure);
    return id;
}

class Processes {
public:
    explicit Processes(const ProcessWork& work) : work_(work) {}
    Processes(const Processes&) = delete;
    Processes& operator=(const Processes&) = delete;
    ~Processes() {
        interrupt();
        for (Process& process : running_) wait_for_end(process);
    }

    bool run() {
        std::size_t next = 0;
        while (true) {
            while (!ended_early_ && next < work_.count && running_.size() < work_.process_count) start(next++);
            if (running_.empty()) break;
            wait_for_one();
        }
        if (failure_) throw Error(*failure_);
        return !ended_early_;
    }

private:
    struct Process {
        std::size_t index = 0;
        pid_t id = 0;
        int pipe = 0;      ///< is closed at the other end when the process ends
        std::string text;  ///< that came through it and is no whole line yet
        std::optional<Error> error;
    };

    void start(std::size_t index) {
        int ends[2];
        if (pipe2(ends, O_CLOEXEC) != 0) fail_to_start("pipe", errno);
        try {
            running_.push_back({index, spawn(work_.command(index), ends[1]), ends[0], {}, {}});
        } catch (...) {
            close(ends[0]);
            close(ends[1]);
            throw;
        }
        close(ends[1]);
    }

    void wait_for_one() {
        std::vector<pollfd> pipes;
        for (const Process& process : running_) pipes.push_back({process.pipe, POLLIN, 0});
        const int ready = poll(pipes.data(), pipes.size(), poll_interval_ms);
        if (work_.stop_requested()) end_early();
        if (ready <= 0) return;
        for (std::size_t i = pipes.size(); i-- > 0;) {
            if (pipes[i].revents != 0 && !receive(running_[i])) collect(i);
        }
    }

    // False when there is no more to come.
    bool receive(Process& process) const {
        if (!read_some(process.pipe, process.text)) return false;
        for (std::size_t end = process.text.find('\n'); end != std::string::npos; end = process.text.find('\n')) {
            const std::string line = process.text.substr(0, end);
            process.text.erase(0, end + 1);
            receive_line(process, line);
        }
        return true;
    }

    void receive_line(Process& process, const std::string& line) const {
        const std::optional<TrainingEvent> event = parse_event(line);
        if (!event) {
            process.error = Error(ErrorCode::unreadable, "a training process wrote a line that is not an event");
        } else if (const auto* failure = std::get_if<Failure>(&*event)) {
            process.error = Error(failure->code, failure->message);
        } else if (work_.event) {
            work_.event(process.index, *event);
        }
    }

    void end_early() {
        if (!std::exchange(ended_early_, true)) interrupt();
    }

    void interrupt() const {
        for (const Process& process : running_) kill(process.id, SIGINT);
    }

    static int wait_for_end(const Process& process) {
        close(process.pipe);
        int status = 0;
        while (waitpid(process.id, &status, 0) < 0 && errno == EINTR) {
        }
        return status;
    }

    void collect(std::size_t place) {
        const Process process = std::move(running_[place]);
        running_.erase(running_.begin() + static_cast<std::ptrdiff_t>(place));
        const int status = wait_for_end(process);
        if (!process.error && WIFEXITED(status) && WEXITSTATUS(status) == process_done) {
            work_.done(process.index);
            return;
        }
        if (!failure_) failure_ = process.error ? process.error : failure_of(status);
        end_early();
    }

    std::optional<Error> failure_of(int status) const {
        if (WIFEXITED(status) && WEXITSTATUS(status) == process_stopped) return std::nullopt;
        // One that had not yet begun to wait for a SIGINT was ended by it.
        if (ended_early_ && WIFSIGNALED(status) && WTERMSIG(status) == SIGINT) return std::nullopt;
        return Error(ErrorCode::unwritable,
                     WIFSIGNALED(status)
                         ? "a training process was killed by signal " + std::to_string(WTERMSIG(status)) + " (" +
                               strsignal(WTERMSIG(status)) + "); run the same command again to resume"
                         : "a training ended without a result; run the same command again to resume");
    }

    const ProcessWork& work_;
    std::vector<Process> running_;
    bool ended_early_ = false;
    std::optional<Error> failure_;
};

}  // namespace

bool run_in_processes(const ProcessWork& work) { return Processes(work).run(); }

}  // namespace earmark
