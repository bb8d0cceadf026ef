#include "training/run/event_json.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "training/recipe/configuration_json.h"
#include "training/recipe/json_number.h"

namespace earmark {
namespace {

using Json = nlohmann::ordered_json;

// The enumerators in their order, as they are spelled in JSON.
constexpr std::array task_names{"local_network", "local_output", "classifier"};
constexpr std::array phase_names{"decoding",    "copies",  "task",      "networks", "aggregation",
                                 "calibration", "writing", "trainings", "trained"};
constexpr std::array file_problem_names{"damaged_checkpoint", "damaged_cache", "damaged_cache_entries",
                                        "damaged_results", "incomplete_log"};
constexpr std::array device_names{"cpu", "cuda"};
constexpr std::array code_names{
    "usage",         "not_found",         "unreadable",      "not_audio",         "damaged_audio",
    "invalid_model", "unsupported_model", "invalid_dataset", "invalid_catalogue", "invalid_recipe",
    "unwritable",    "canceled"};
static_assert(code_names.size() == static_cast<std::size_t>(ErrorCode::canceled) + 1);

template <typename Kind, std::size_t count>
Json name_json(Kind kind, const std::array<const char*, count>& names) {
    return names.at(static_cast<std::size_t>(kind));
}

// Throws std::out_of_range for a name that is not there.
template <typename Kind, std::size_t count>
Kind kind_from(const Json& name, const std::array<const char*, count>& names) {
    const auto place =
        std::ranges::find(names, name.get<std::string>(), [](const char* each) { return std::string(each); });
    if (place == names.end()) throw std::out_of_range("an unknown name");
    return static_cast<Kind>(place - names.begin());
}

// JSON has no NaN or infinity, and nlohmann writes null for them; absent values are null as well.
Json optional_json(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }

std::optional<double> optional_number(const Json& value) {
    return value.is_null() ? std::nullopt : std::optional<double>(value.get<double>());
}

template <typename Number>
Number number_or_0(const Json& json, const char* key) {
    return json.contains(key) ? whole_number<Number>(json.at(key)) : Number{0};
}

TaskId task_from(const Json& json) {
    TaskId task{kind_from<TaskId::Kind>(json.at("kind"), task_names), number_or_0<int>(json, "segment_frames"), {}};
    if (task.kind == TaskId::Kind::classifier) task.configuration = configuration_id(json.at("configuration"));
    return task;
}

Json run_json(const RunId& run) { return {{"seed", run.seed}, {"fold", run.fold ? Json(*run.fold) : Json(nullptr)}}; }

RunId run_from(const Json& json) {
    RunId run{whole_number<std::uint64_t>(json.at("seed")), std::nullopt};
    if (!json.at("fold").is_null()) run.fold = whole_number<std::size_t>(json.at("fold"));
    return run;
}

struct ToJson {
    Json operator()(const Phase& phase) const {
        Json json{{"event", "phase"}, {"phase", name_json(phase.kind, phase_names)}};
        if (phase.task) json["task"] = task_json(*phase.task);
        if (phase.run) json["run"] = run_json(*phase.run);
        if (phase.kind == Phase::Kind::trainings || phase.kind == Phase::Kind::networks) {
            json["training_count"] = phase.training_count;
            json["process_count"] = phase.process_count;
        }
        return json;
    }

    Json operator()(const ClipProblem& problem) const {
        return {{"event", "warning"},
                {"warning", "clip"},
                {"clip", problem.clip.string()},
                {"manifest", problem.manifest.string()},
                {"line", problem.line},
                {"message", problem.message}};
    }

    Json operator()(const LeftOutClips& clips) const {
        return {{"event", "warning"}, {"warning", "left_out_clips"}, {"count", clips.count}};
    }

    Json operator()(const FoundCopies& copies) const {
        return {{"event", "warning"}, {"warning", "copies"}, {"groups", copies.groups}};
    }

    Json operator()(const FileProblem& problem) const {
        return {{"event", "warning"},
                {"warning", name_json(problem.kind, file_problem_names)},
                {"file", problem.file.string()},
                {"message", problem.detail}};
    }

    Json operator()(const ComputeDevice& device) const {
        return {{"event", "device"}, {"device", name_json(device.kind, device_names)}};
    }

    Json operator()(const Progress& progress) const {
        Json json{{"event", "progress"}, {"done", progress.done}, {"all", progress.all}};
        if (progress.task) json["task"] = task_json(*progress.task);
        return json;
    }

    Json operator()(const EpochEvent& event) const {
        const EpochReport& report = event.report;
        return {{"event", "epoch"},
                {"task", task_json(report.task)},
                {"epoch", report.epoch},
                {"stage", report.stage},
                {"stage_count", report.stage_count},
                {"learning_rate", report.learning_rate},
                {"loss", report.loss},
                {"valid_loss", report.valid_loss},
                {"valid_roc_auc", optional_json(report.valid_roc_auc)},
                {"frames_per_second", report.frames_per_second},
                {"duration_s", report.duration_s},
                {"remaining_s", optional_json(event.remaining_s)},
                {"kept", report.is_kept}};
    }

    Json operator()(const Failure& failure) const {
        return {{"event", "failure"}, {"code", name_json(failure.code, code_names)}, {"message", failure.message}};
    }
};

Phase phase_from(const Json& json) {
    Phase phase{.kind = kind_from<Phase::Kind>(json.at("phase"), phase_names)};
    if (json.contains("task")) phase.task = task_from(json.at("task"));
    if (json.contains("run")) phase.run = run_from(json.at("run"));
    phase.training_count = number_or_0<std::size_t>(json, "training_count");
    phase.process_count = number_or_0<std::size_t>(json, "process_count");
    return phase;
}

TrainingEvent warning_from(const Json& json) {
    if (json.at("warning") == "left_out_clips") return LeftOutClips{whole_number<std::size_t>(json.at("count"))};
    if (json.at("warning") == "copies")
        return FoundCopies{json.at("groups").get<std::vector<std::vector<std::string>>>()};
    if (json.at("warning") != "clip") {
        return FileProblem{kind_from<FileProblem::Kind>(json.at("warning"), file_problem_names),
                           json.at("file").get<std::string>(), json.at("message").get<std::string>()};
    }
    return ClipProblem{json.at("clip").get<std::string>(), json.at("manifest").get<std::string>(),
                       whole_number<std::size_t>(json.at("line")), json.at("message").get<std::string>()};
}

EpochEvent epoch_from(const Json& json) {
    EpochReport report;
    report.task = task_from(json.at("task"));
    report.epoch = whole_number<int>(json.at("epoch"));
    report.stage = whole_number<int>(json.at("stage"));
    report.stage_count = whole_number<int>(json.at("stage_count"));
    report.learning_rate = json.at("learning_rate").get<double>();
    report.loss = json.at("loss").get<double>();
    report.valid_loss = json.at("valid_loss").get<double>();
    report.valid_roc_auc = optional_number(json.at("valid_roc_auc"));
    report.frames_per_second = optional_number(json.at("frames_per_second")).value_or(0.0);
    report.duration_s = json.at("duration_s").get<double>();
    report.is_kept = json.at("kept").get<bool>();
    return {report, optional_number(json.at("remaining_s"))};
}

Progress progress_from(const Json& json) {
    Progress progress{whole_number<std::size_t>(json.at("done")), whole_number<std::size_t>(json.at("all"))};
    if (json.contains("task")) progress.task = task_from(json.at("task"));
    return progress;
}

std::optional<TrainingEvent> event_from(const Json& json) {
    const auto event = json.at("event").get<std::string>();
    if (event == "phase") return phase_from(json);
    if (event == "warning") return warning_from(json);
    if (event == "device") return ComputeDevice{kind_from<ComputeDevice::Kind>(json.at("device"), device_names)};
    if (event == "progress") return progress_from(json);
    if (event == "epoch") return epoch_from(json);
    if (event == "failure")
        return Failure{kind_from<ErrorCode>(json.at("code"), code_names), json.at("message").get<std::string>()};
    return std::nullopt;
}

struct PassOn {
    TrainingListener& listener;

    void operator()(const Phase& phase) const { listener.phase(phase); }
    void operator()(const ClipProblem& problem) const { listener.warning(problem); }
    void operator()(const LeftOutClips& clips) const { listener.warning(clips); }
    void operator()(const FoundCopies& copies) const { listener.warning(copies); }
    void operator()(const FileProblem& problem) const { listener.warning(problem); }
    void operator()(const ComputeDevice& device) const { listener.device(device); }
    void operator()(const Progress& progress) const { listener.progress(progress); }
    void operator()(const EpochEvent& event) const { listener.epoch(event.report, event.remaining_s); }
    void operator()(const Failure&) const {}
};

}  // namespace

nlohmann::ordered_json task_json(const TaskId& task) {
    Json json{{"kind", name_json(task.kind, task_names)}};
    if (task.kind == TaskId::Kind::classifier)
        json["configuration"] = to_json(task.configuration);
    else
        json["segment_frames"] = task.segment_frames;
    return json;
}

std::string event_json(const TrainingEvent& event) {
    return std::visit(ToJson(), event).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<TrainingEvent> parse_event(const std::string& line) {
    const Json json = Json::parse(line, nullptr, /*allow_exceptions=*/false);
    if (!json.is_object()) return std::nullopt;
    try {
        return event_from(json);
    } catch (const nlohmann::json::exception&) {
        return std::nullopt;
    } catch (const std::logic_error&) {  // a name that is not known
        return std::nullopt;
    }
}

void pass_on(const TrainingEvent& event, TrainingListener& listener) { std::visit(PassOn{listener}, event); }

}  // namespace earmark
