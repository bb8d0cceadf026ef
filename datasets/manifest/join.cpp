#include <map>
#include <set>
#include <utility>

#include "datasets/manifest/dataset.h"
#include "earmark/error.h"

namespace earmark {
namespace {

std::vector<std::string> vocabulary(const Dataset& dataset) {
    std::set<std::string> labels;
    for (const Clip& clip : dataset.clips) labels.insert(clip.labels.begin(), clip.labels.end());
    return {labels.begin(), labels.end()};
}

}  // namespace

Dataset join_datasets(std::vector<Dataset> datasets) {
    if (datasets.size() == 1) return std::move(datasets.front());
    Dataset all;
    std::map<std::filesystem::path, std::string> places;
    for (const Dataset& dataset : datasets) {
        all.manifest += (all.manifest.empty() ? "" : ", ") + dataset.manifest.string();
        const std::vector<std::string> known = vocabulary(dataset);
        for (Clip clip : dataset.clips) {
            const auto path = std::filesystem::weakly_canonical(dataset.audio_path(clip));
            const auto [first, is_new] = places.emplace(path, dataset.place_of(clip));
            if (!is_new) {
                throw Error(ErrorCode::invalid_dataset,
                            dataset.place_of(clip) + ": " + clip.path.string() + " is already on " + first->second);
            }
            clip.path = std::filesystem::absolute(dataset.audio_path(clip));
            clip.manifest = dataset.manifest;
            if (!clip.known) clip.known = known;
            all.clips.push_back(std::move(clip));
        }
    }
    return all;
}

}  // namespace earmark
