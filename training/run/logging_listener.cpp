#include "training/run/logging_listener.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include "earmark/error.h"

namespace earmark {
namespace {

// Whole, or not at all: a line without its end would spoil the next one. 0, or the number of the error.
int append_line(int descriptor, const std::string& line) {
    const off_t end = lseek(descriptor, 0, SEEK_END);
    for (std::size_t done = 0; done < line.size();) {
        const ssize_t count = ::write(descriptor, line.data() + done, line.size() - done);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) {
            const int reason = count < 0 ? errno : ENOSPC;
            return end < 0 || ftruncate(descriptor, end) == 0 ? reason : errno;
        }
        done += static_cast<std::size_t>(count);
    }
    return 0;
}

// A run that was killed while it wrote may have left half a line, which must not spoil the next one.
void end_last_line(int descriptor) {
    const off_t end = lseek(descriptor, 0, SEEK_END);
    char last = '\n';
    if (end > 0 && pread(descriptor, &last, 1, end - 1) == 1 && last != '\n') append_line(descriptor, "\n");
}

}  // namespace

LoggingListener::LoggingListener(TrainingListener& next, const std::filesystem::path& log)
    : next_(next), log_(log), descriptor_(open(log.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0666)) {
    if (descriptor_ < 0)
        throw Error(ErrorCode::unwritable, log.string() + ": cannot be written: " + std::strerror(errno));
    end_last_line(descriptor_);
}

LoggingListener::~LoggingListener() { close(descriptor_); }

void LoggingListener::write(const TrainingEvent& event) {
    const int problem = append_line(descriptor_, event_json(event) + "\n");
    if (problem != 0 && !std::exchange(has_lost_lines_, true))
        next_.warning(FileProblem{FileProblem::Kind::incomplete_log, log_, std::strerror(problem)});
    pass_on(event, next_);
}

void LoggingListener::phase(const Phase& phase) { write(phase); }

void LoggingListener::warning(const Warning& warning) {
    std::visit([this](const auto& each) { write(each); }, warning);
}

void LoggingListener::device(const ComputeDevice& device) { write(device); }

void LoggingListener::epoch(const EpochReport& report, std::optional<double> remaining_s) {
    write(EpochEvent{report, remaining_s});
}

}  // namespace earmark
