#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <variant>

#include "earmark/error.h"
#include "training/fit/events.h"
#include "training/fit/listener.h"

namespace earmark {

struct EpochEvent {
    EpochReport report;
    std::optional<double> remaining_s;
};

/// What ended a training in a process of its own.
struct Failure {
    ErrorCode code = ErrorCode::unwritable;
    std::string message;
};

/// Everything that a training reports, in log.jsonl and from process to process.
using TrainingEvent = std::variant<Phase, ClipProblem, LeftOutClips, FoundCopies, FileProblem, ComputeDevice, Progress,
                                   EpochEvent, Failure>;

/// One line of JSON, without the line end. Bytes that are not UTF-8 are replaced. docs/training.md has the fields.
std::string event_json(const TrainingEvent& event);

/// The fields of a task in log.jsonl and study.json: "kind", and "segment_frames" or "configuration".
nlohmann::ordered_json task_json(const TaskId& task);

/// Reads what event_json() wrote; nothing where a line is something else, such as one that was cut off.
std::optional<TrainingEvent> parse_event(const std::string& line);

/// Calls the function of `listener` for the event; a Failure has none.
void pass_on(const TrainingEvent& event, TrainingListener& listener);

}  // namespace earmark
