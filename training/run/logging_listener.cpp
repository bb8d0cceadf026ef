#include "training/run/logging_listener.h"

#include "earmark/error.h"

namespace earmark {

LoggingListener::LoggingListener(TrainingListener& next, const std::filesystem::path& log)
    : next_(next), log_(log, std::ios::app) {
    if (!log_) throw Error(ErrorCode::unwritable, log.string() + ": cannot be written");
}

void LoggingListener::write(const TrainingEvent& event) {
    log_ << event_json(event) << std::endl;
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
