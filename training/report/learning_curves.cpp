#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "training/report/report_json.h"
#include "training/run/event_json.h"
#include "training/run/run_folder.h"
#include "training/study/study.h"

namespace earmark {
namespace {

using Json = nlohmann::ordered_json;

int step_of(const TaskId& task) { return task.kind == TaskId::Kind::local_network ? 1 : 3; }

Json epoch_json(const EpochReport& report) {
    return {{"epoch", report.epoch},
            {"loss", report.loss},
            {"valid_loss", report.valid_loss},
            {"valid_roc_auc", number_json(report.valid_roc_auc)},
            {"learning_rate", report.learning_rate},
            {"best", report.is_kept}};
}

// The epochs of one run, task by task.
void add_run(const std::filesystem::path& study, const RunId& run, Json& curves) {
    std::vector<TaskId> tasks;
    std::vector<Json> epochs;
    for (const EpochReport& report : RunFolder(study / to_string(run)).epochs()) {
        const auto place = static_cast<std::size_t>(std::ranges::find(tasks, report.task) - tasks.begin());
        if (place == tasks.size()) {
            tasks.push_back(report.task);
            epochs.push_back(Json::array());
        }
        epochs[place].push_back(epoch_json(report));
    }
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        Json curve{{"run", to_string(run)},
                   {"seed", run.seed},
                   {"fold", run.fold ? Json(*run.fold) : Json(nullptr)},
                   {"id", file_name(tasks[i])},
                   {"task", to_string(tasks[i])}};
        curve.update(task_json(tasks[i]));
        curve["step"] = step_of(tasks[i]);
        curve["epochs"] = std::move(epochs[i]);
        curves.push_back(std::move(curve));
    }
}

}  // namespace

Json learning_curves_json(const StudyDescription& description, const StudyScores& scores) {
    Json curves = Json::array();
    for (const std::uint64_t seed : scores.seeds) {
        for (const RunId& run : runs_of(seed, scores.fold_count)) add_run(description.study, run, curves);
    }
    return curves;
}

}  // namespace earmark
