#include "tests/program/program.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <sstream>
#include <system_error>

#include "tests/support/temporary_folder.h"

namespace earmark {
namespace {

std::vector<char*> pointers_to(const std::vector<std::string>& words) {
    std::vector<char*> pointers;
    for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
    pointers.push_back(nullptr);
    return pointers;
}

// The locale is UTF-8, the terminal's kind could show colors, and nothing forbids them.
std::vector<std::string> environment_with(const std::vector<std::string>& additions) {
    std::vector<std::string> environment = additions;  // of two values, the first counts
    for (char** variable = environ; *variable != nullptr; ++variable) {
        const std::string text = *variable;
        if (!text.starts_with("LC_") && !text.starts_with("LANG") && !text.starts_with("TERM=") &&
            !text.starts_with("NO_COLOR="))
            environment.push_back(text);
    }
    environment.insert(environment.end(), {"LC_ALL=C.UTF-8", "TERM=xterm-256color"});
    return environment;
}

// The writing end of a pipe whose reading end is closed.
int pipe_without_reader() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
    close(ends[0]);
    return ends[1];
}

// Files and signals of the new process.
class Start {
public:
    Start() {
        posix_spawn_file_actions_init(&actions_);
        posix_spawnattr_init(&attributes_);
        sigset_t signals;
        sigemptyset(&signals);
        sigaddset(&signals, SIGPIPE);  // a test runner may ignore it
        posix_spawnattr_setsigdefault(&attributes_, &signals);
        posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGDEF);
    }
    Start(const Start&) = delete;
    Start& operator=(const Start&) = delete;
    ~Start() {
        posix_spawnattr_destroy(&attributes_);
        posix_spawn_file_actions_destroy(&actions_);
        if (pipe_ >= 0) close(pipe_);
    }

    void open(int descriptor, const std::filesystem::path& path, int flags) {
        posix_spawn_file_actions_addopen(&actions_, descriptor, path.c_str(), flags, 0600);
    }

    void open_pipe_without_reader(int descriptor) {
        pipe_ = pipe_without_reader();
        posix_spawn_file_actions_adddup2(&actions_, pipe_, descriptor);
    }

    pid_t spawn(const std::vector<std::string>& command, const std::vector<std::string>& environment) {
        pid_t process = 0;
        const int error = posix_spawnp(&process, command.front().c_str(), &actions_, &attributes_,
                                       pointers_to(command).data(), pointers_to(environment).data());
        if (error != 0) throw std::system_error(error, std::generic_category(), command.front());
        return process;
    }

private:
    posix_spawn_file_actions_t actions_;
    posix_spawnattr_t attributes_;
    int pipe_ = -1;
};

int wait_for(pid_t process) {
    int status = 0;
    while (waitpid(process, &status, 0) < 0) {
        if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "waitpid");
    }
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

Outcome run_earmark(const std::vector<std::string>& arguments, const Surroundings& surroundings) {
    const TemporaryFolder folder;
    const std::filesystem::path out =
        surroundings.standard_output.empty() ? folder.path() / "out" : surroundings.standard_output;
    Start start;
    start.open(STDIN_FILENO, folder.write("in", surroundings.standard_input), O_RDONLY);
    if (surroundings.to_reader_that_left)
        start.open_pipe_without_reader(STDOUT_FILENO);
    else
        start.open(STDOUT_FILENO, out, O_WRONLY | O_CREAT);
    start.open(STDERR_FILENO, folder.path() / "err", O_WRONLY | O_CREAT);

    std::vector<std::string> command = surroundings.launcher;
    command.emplace_back(EARMARK_PROGRAM);
    command.insert(command.end(), arguments.begin(), arguments.end());
    const int exit_status = wait_for(start.spawn(command, environment_with(surroundings.environment)));
    return {exit_status, read_text(folder.path() / "out"), read_text(folder.path() / "err")};
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

}  // namespace earmark
