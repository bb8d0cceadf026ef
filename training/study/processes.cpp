#include "training/study/processes.h"

#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "earmark/error.h"

namespace earmark {
namespace {

constexpr int poll_interval_ms = 200;
// What goes through the pipe is lines, each after a letter that says what it is.
constexpr char line_told = 't';
constexpr char line_error = 'e';  // and the code of the error

constexpr int status_done = 0;
constexpr int status_stopped = 1;
constexpr int status_failed = 2;

void write_all(int descriptor, const std::string& text) {
    for (std::size_t done = 0; done < text.size();) {
        const ssize_t count = write(descriptor, text.data() + done, text.size() - done);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return;
        done += static_cast<std::size_t>(count);
    }
}

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

void write_line(int descriptor, std::string line) {
    std::ranges::replace(line, '\n', ' ');
    write_all(descriptor, line + '\n');
}

void write_error(int descriptor, ErrorCode code, const char* message) {
    write_line(descriptor, std::string{line_error, static_cast<char>('0' + static_cast<int>(code))} + message);
}

// In the new process.
[[noreturn]] void run_work(const ProcessWork& work, std::size_t index, int descriptor) {
    int status = status_failed;
    try {
        const auto tell = [&](const std::string& line) { write_line(descriptor, line_told + line); };
        status = work.work(index, tell) ? status_done : status_stopped;
    } catch (const Error& error) {
        write_error(descriptor, error.code(), error.what());
    } catch (const std::exception& error) {
        write_error(descriptor, ErrorCode::unwritable, error.what());
    }
    _exit(status);  // no destructor of what belongs to the first process
}

[[noreturn]] void fail_to_start(const char* what) {
    throw Error(ErrorCode::unwritable, std::string("cannot start a process: ") + what + ": " + std::strerror(errno));
}

class Processes {
public:
    explicit Processes(const ProcessWork& work) : work_(work) {}
    Processes(const Processes&) = delete;
    Processes& operator=(const Processes&) = delete;
    ~Processes() {
        interrupt();
        while (!running_.empty()) collect(running_.size() - 1);
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
        if (pipe(ends) != 0) fail_to_start("pipe");
        const pid_t id = fork();
        if (id < 0) {
            close(ends[0]);
            close(ends[1]);
            fail_to_start("fork");
        }
        if (id == 0) {
            setpgid(0, 0);                     // Ctrl-C comes from the first process alone, and once
            prctl(PR_SET_PDEATHSIG, SIGTERM);  // which may be killed
            close(ends[0]);
            run_work(work_, index, ends[1]);
        }
        close(ends[1]);
        running_.push_back({index, id, ends[0], {}, {}});
    }

    void wait_for_one() {
        std::vector<pollfd> pipes;
        for (const Process& process : running_) pipes.push_back({process.pipe, POLLIN, 0});
        const int ready = poll(pipes.data(), pipes.size(), poll_interval_ms);
        if (work_.stop_requested()) end_early();
        if (ready <= 0) return;
        for (std::size_t i = pipes.size(); i-- > 0;) {
            if (pipes[i].revents != 0 && !hear(running_[i])) collect(i);
        }
    }

    // False when there is no more to come.
    bool hear(Process& process) const {
        if (!read_some(process.pipe, process.text)) return false;
        for (std::size_t end = process.text.find('\n'); end != std::string::npos; end = process.text.find('\n')) {
            const std::string line = process.text.substr(0, end);
            process.text.erase(0, end + 1);
            if (line.front() == line_error) {
                process.error = Error(static_cast<ErrorCode>(line.at(1) - '0'), line.substr(2));
            } else if (work_.told) {
                work_.told(process.index, line.substr(1));
            }
        }
        return true;
    }

    void end_early() {
        if (!std::exchange(ended_early_, true)) interrupt();
    }

    void interrupt() const {
        for (const Process& process : running_) kill(process.id, SIGINT);
    }

    void collect(std::size_t place) {
        Process process = std::move(running_[place]);
        while (hear(process)) {
        }
        close(process.pipe);
        int status = 0;
        while (waitpid(process.id, &status, 0) < 0 && errno == EINTR) {
        }
        running_.erase(running_.begin() + static_cast<std::ptrdiff_t>(place));
        if (WIFEXITED(status) && WEXITSTATUS(status) == status_done) {
            work_.done(process.index);
            return;
        }
        if (!failure_) failure_ = process.error ? process.error : failure_of(status);
        end_early();
    }

    static std::optional<Error> failure_of(int status) {
        if (WIFEXITED(status) && WEXITSTATUS(status) == status_stopped) return std::nullopt;
        return Error(ErrorCode::unwritable, WIFSIGNALED(status)
                                                ? "a training was ended by signal " + std::to_string(WTERMSIG(status)) +
                                                      " (" + strsignal(WTERMSIG(status)) + "); the same command goes on"
                                                : "a training ended without a result; the same command goes on");
    }

    const ProcessWork& work_;
    std::vector<Process> running_;
    bool ended_early_ = false;
    std::optional<Error> failure_;
};

}  // namespace

bool run_in_processes(const ProcessWork& work) { return Processes(work).run(); }

}  // namespace earmark
