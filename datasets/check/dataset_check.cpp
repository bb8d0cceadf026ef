#include "datasets/check/dataset_check.h"

#include <algorithm>
#include <iomanip>
#include <map>
#include <set>
#include <sstream>

namespace earmark {
namespace {

using Inspections = std::vector<std::optional<ClipInspection>>;

constexpr float silence = 1e-4F;

bool is_usable(const std::optional<ClipInspection>& clip) { return clip && clip->error.empty(); }

bool is_silent(const ClipInspection& clip) { return clip.peak < silence; }

std::string seconds_text(double duration_s) {
    std::ostringstream text;
    text << std::fixed << std::setprecision(2) << duration_s << " s";
    return text.str();
}

void add_faults(const Dataset& dataset, const Inspections& clips, double shortest_s, std::vector<ClipFault>& faults) {
    for (std::size_t i = 0; i < clips.size(); ++i) {
        if (!clips[i]) continue;
        const ClipInspection& clip = *clips[i];
        const std::string path = dataset.audio_path(dataset.clips[i]).string() + ": ";
        const auto add = [&](ClipFault::Kind kind, std::string message) {
            faults.push_back({i, kind, std::move(message)});
        };
        if (!clip.error.empty()) {
            add(ClipFault::Kind::unreadable, clip.error);
            continue;
        }
        if (!clip.warning.empty()) add(ClipFault::Kind::damaged, path + clip.warning);
        if (clip.duration_s < shortest_s) {
            add(ClipFault::Kind::too_short,
                path + seconds_text(clip.duration_s) + "; expected at least " + seconds_text(shortest_s));
        }
        if (is_silent(clip)) add(ClipFault::Kind::silent, path + "is silent");
    }
}

std::vector<EqualClips> find_equal(const Inspections& clips) {
    std::map<std::array<std::uint64_t, 2>, EqualClips> by_hash;
    for (std::size_t i = 0; i < clips.size(); ++i) {
        if (is_usable(clips[i]) && !is_silent(*clips[i])) by_hash[clips[i]->hash].push_back(i);
    }
    std::vector<EqualClips> equal;
    for (auto& [hash, same] : by_hash) {
        if (same.size() > 1) equal.push_back(std::move(same));
    }
    std::ranges::sort(equal);
    return equal;
}

std::vector<NearDuplicate> find_near(Inspections& clips, const std::vector<EqualClips>& equal_clips,
                                     const std::function<bool()>& go_on) {
    std::vector<Fingerprint> fingerprints(clips.size());
    for (std::size_t i = 0; i < clips.size(); ++i) {
        if (is_usable(clips[i])) fingerprints[i] = std::move(clips[i]->fingerprint);
    }
    // The first of equal clips represents all of them.
    for (const EqualClips& same : equal_clips) {
        for (auto other = same.begin() + 1; other != same.end(); ++other) fingerprints[*other].clear();
    }
    return near_duplicates(fingerprints, go_on);
}

void add_totals(const Dataset& dataset, const Inspections& clips, DatasetCheck& check) {
    std::vector<Clip> usable;
    std::vector<double> durations_s;
    for (std::size_t i = 0; i < clips.size(); ++i) {
        if (!is_usable(clips[i])) continue;
        usable.push_back(dataset.clips[i]);
        durations_s.push_back(clips[i]->duration_s);
    }
    check.totals = dataset_totals(usable, durations_s);
    check.shared_artists = shared_artists(usable);
}

}  // namespace

DatasetCheck check_dataset(const Dataset& dataset, const DatasetCheckOptions& options, const CheckProgress& progress) {
    Inspections clips = inspect_clips(dataset, options.worker_count, progress);
    DatasetCheck check;
    check.checked_count = std::ranges::count_if(clips, [](const auto& clip) { return clip.has_value(); });
    add_faults(dataset, clips, options.shortest_s, check.faults);
    add_totals(dataset, clips, check);
    if (check.checked_count < clips.size()) return check;
    check.equal_clips = find_equal(clips);
    check.near_duplicates = find_near(clips, check.equal_clips, [&] { return progress(clips.size(), clips.size()); });
    return check;
}

bool in_two_splits(const Dataset& dataset, const std::vector<std::size_t>& clips) {
    std::set<std::string> splits;
    for (const std::size_t clip : clips) {
        if (!dataset.clips[clip].split.empty()) splits.insert(dataset.clips[clip].split);
    }
    return splits.size() > 1;
}

}  // namespace earmark
