#include "training/run/copies_in_folds.h"

#include <string>
#include <vector>

#include "datasets/check/copies.h"
#include "datasets/manifest/copies.h"

namespace earmark {

bool mark_found_copies(Dataset& dataset, std::size_t worker_count, TrainingListener& listener) {
    listener.phase({.kind = Phase::Kind::copies});
    const auto groups = find_copies(dataset, worker_count, [&listener](std::size_t done, std::size_t all) {
        listener.progress({done, all});
        return !listener.stop_requested();
    });
    if (!groups) return false;
    mark_copies(dataset, *groups);
    return true;
}

void report_copies(const Dataset& dataset, TrainingListener& listener) {
    FoundCopies copies;
    for (const std::vector<std::size_t>& group : copies_in(dataset)) {
        std::vector<std::string>& paths = copies.groups.emplace_back();
        for (const std::size_t clip : group) paths.push_back(dataset.clips[clip].path.string());
    }
    if (!copies.groups.empty()) listener.warning(copies);
}

}  // namespace earmark
