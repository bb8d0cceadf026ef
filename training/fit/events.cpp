#include "training/fit/events.h"

#include <algorithm>

namespace earmark {
namespace {

std::string several_text(const Phase& phase, const std::string& what) {
    if (phase.training_count == 1) return "1 " + what;
    return std::to_string(phase.training_count) + " " + what + "s, " + std::to_string(phase.process_count) +
           " at a time";
}

std::string text_without_run(const Phase& phase) {
    switch (phase.kind) {
        case Phase::Kind::decoding: return "decoding";
        case Phase::Kind::copies: return "looking for copies";
        case Phase::Kind::task: return phase.task ? to_string(*phase.task) : "training";
        case Phase::Kind::networks: return several_text(phase, "local network");
        case Phase::Kind::aggregation: return "aggregation";
        case Phase::Kind::calibration: return "cross-validation for calibration and thresholds";
        case Phase::Kind::writing: return "writing the model";
        case Phase::Kind::trainings: return several_text(phase, "training");
        case Phase::Kind::trained: return (phase.task ? to_string(*phase.task) + ": " : "") + "trained";
    }
    return "";
}

constexpr std::size_t most_groups = 5;

std::string copies_text(const FoundCopies& copies) {
    const std::size_t count = copies.groups.size();
    std::string text = std::to_string(count) +
                       (count == 1 ? " group of copies, kept" : " groups of copies, each kept") + " in one fold: ";
    for (std::size_t group = 0; group < std::min(count, most_groups); ++group) {
        if (group > 0) text += "; ";
        for (std::size_t clip = 0; clip < copies.groups[group].size(); ++clip)
            text += (clip == 0 ? "" : " = ") + copies.groups[group][clip];
    }
    return count > most_groups ? text + "; and " + std::to_string(count - most_groups) + " more" : text;
}

const char* beginning_of(FileProblem::Kind kind) {
    switch (kind) {
        case FileProblem::Kind::damaged_checkpoint: return "the checkpoint is damaged, and its task is trained again: ";
        case FileProblem::Kind::damaged_cache: return "the log-mel cache is damaged, and all clips are decoded again: ";
        case FileProblem::Kind::damaged_cache_entries:
            return "the log-mel cache is damaged, and some clips are decoded again: ";
        case FileProblem::Kind::damaged_results: return "its run is trained again: ";
        case FileProblem::Kind::incomplete_log: return "a line could not be written: ";
    }
    return "";
}

struct WarningText {
    std::string operator()(const ClipProblem& problem) const { return to_string(problem); }
    std::string operator()(const LeftOutClips& clips) const {
        return std::to_string(clips.count) + (clips.count == 1
                                                  ? " clip does not have exactly one of the labels, and is left out"
                                                  : " clips do not have exactly one of the labels, and are left out");
    }
    std::string operator()(const FoundCopies& copies) const { return copies_text(copies); }
    std::string operator()(const FileProblem& problem) const {
        return problem.file.string() + ": " + beginning_of(problem.kind) + problem.detail;
    }
};

}  // namespace

std::string to_string(const TaskId& task) {
    switch (task.kind) {
        case TaskId::Kind::local_network: return "local network " + std::to_string(task.segment_frames);
        case TaskId::Kind::local_output: return "output of network " + std::to_string(task.segment_frames);
        case TaskId::Kind::classifier: return "classifier, " + to_string(task.configuration);
    }
    return "";
}

std::string file_name(const TaskId& task) {
    switch (task.kind) {
        case TaskId::Kind::local_network: return "local-network-" + std::to_string(task.segment_frames);
        case TaskId::Kind::local_output: return "output-of-network-" + std::to_string(task.segment_frames);
        case TaskId::Kind::classifier: return "classifier-" + file_name(task.configuration);
    }
    return "";
}

std::string to_string(const RunId& run) {
    std::string name = "seed-" + std::to_string(run.seed);
    if (run.fold) name += (*run.fold < 10 ? "/fold-0" : "/fold-") + std::to_string(*run.fold);
    return name;
}

std::string to_string(const Phase& phase) {
    return (phase.run ? to_string(*phase.run) + ": " : "") + text_without_run(phase);
}

std::string to_string(const Warning& warning) { return std::visit(WarningText(), warning); }

std::string to_string(const ComputeDevice& device) { return device.kind == ComputeDevice::Kind::cuda ? "cuda" : "cpu"; }

}  // namespace earmark
