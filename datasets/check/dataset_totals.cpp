#include "datasets/check/dataset_totals.h"

#include <algorithm>

namespace earmark {
namespace {

void add(Amount& amount, double duration_s) {
    ++amount.clip_count;
    amount.duration_s += duration_s;
}

std::vector<std::string> ordered_splits(const std::map<std::string, Amount>& by_split) {
    std::vector<std::string> splits;
    for (const char* split : {"train", "valid", "test"}) {
        if (by_split.contains(split)) splits.emplace_back(split);
    }
    for (const auto& [split, amount] : by_split) {
        if (std::ranges::find(splits, split) == splits.end()) splits.push_back(split);
    }
    return splits;
}

}  // namespace

DatasetTotals dataset_totals(const std::vector<Clip>& clips, const std::vector<double>& durations_s) {
    DatasetTotals totals;
    std::map<std::string, LabelTotals> labels;
    for (std::size_t i = 0; i < clips.size(); ++i) {
        const Clip& clip = clips[i];
        add(totals.all, durations_s[i]);
        add(totals.by_split[clip.split], durations_s[i]);
        for (const std::string& label : clip.labels) {
            LabelTotals& label_totals = labels[label];
            label_totals.label = label;
            add(label_totals.all, durations_s[i]);
            add(label_totals.by_split[clip.split], durations_s[i]);
        }
    }
    totals.splits = ordered_splits(totals.by_split);
    for (auto& [label, label_totals] : labels) totals.labels.push_back(std::move(label_totals));
    std::ranges::stable_sort(
        totals.labels, [](const LabelTotals& a, const LabelTotals& b) { return a.all.clip_count > b.all.clip_count; });
    return totals;
}

std::vector<SharedArtist> shared_artists(const std::vector<Clip>& clips) {
    std::map<std::string, SharedArtist> artists;
    for (const Clip& clip : clips) {
        const std::string name = plain_artist(clip.artist);
        if (name.empty() || clip.split.empty()) continue;
        SharedArtist& artist = artists.try_emplace(name, SharedArtist{clip.artist, {}}).first->second;
        ++artist.clips_by_split[clip.split];
    }
    std::vector<SharedArtist> shared;
    for (auto& [name, artist] : artists) {
        if (artist.clips_by_split.size() > 1) shared.push_back(std::move(artist));
    }
    return shared;
}

}  // namespace earmark
