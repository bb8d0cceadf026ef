#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "earmark/error.h"
#include "training/report/report_json.h"
#include "training/run/run_folder.h"
#include "training/study/study.h"

namespace earmark {
namespace {

using Json = nlohmann::ordered_json;

// Step 1 is the one whose inputs are frames.
int step_of(const Json& epoch) { return epoch.value("frames_per_second", 0.0) > 0.0 ? 1 : 3; }

// The epochs of one run's log, task by task. Lines that were cut off are left out.
void add_run(const std::filesystem::path& run, const std::string& name, Json& curves) {
    std::ifstream log(RunFolder(run).log());
    if (!log) throw Error(ErrorCode::unreadable, RunFolder(run).log().string() + ": cannot be read");
    Json tasks = Json::array();
    for (std::string line; std::getline(log, line);) {
        const Json entry = Json::parse(line, nullptr, /*allow_exceptions=*/false);
        if (entry.is_discarded() || entry.value("event", "") != "epoch") continue;
        const Json task = entry.value("task", Json(""));
        auto found = std::ranges::find_if(tasks, [&](const Json& each) { return each["task"] == task; });
        if (found == tasks.end()) {
            tasks.push_back({{"run", name}, {"task", task}, {"step", step_of(entry)}, {"epochs", Json::array()}});
            found = std::prev(tasks.end());
        }
        Json epoch;
        for (const char* key : {"epoch", "loss", "valid_loss", "valid_roc_auc", "learning_rate", "best"})
            epoch[key] = entry.value(key, Json(nullptr));
        (*found)["epochs"].push_back(std::move(epoch));
    }
    for (Json& task : tasks) curves.push_back(std::move(task));
}

}  // namespace

Json learning_curves_json(const StudyDescription& description, const StudyScores& scores) {
    Json curves = Json::array();
    for (const std::uint64_t seed : scores.seeds) {
        for (const auto& run : run_folders(description.study, seed, scores.fold_count))
            add_run(run, run.lexically_relative(description.study).string(), curves);
    }
    return curves;
}

}  // namespace earmark
