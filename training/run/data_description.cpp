#include "training/run/data_description.h"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "base/counted.h"

namespace earmark {

std::string data_description(const std::string& name, const Dataset& dataset, const TrainingClips& clips) {
    std::map<std::string, std::set<std::string>> splits_of_artist;
    for (const Clip& clip : dataset.clips) {
        if (!clip.artist.empty()) splits_of_artist[plain_artist(clip.artist)].insert(clip.split);
    }
    const auto shared_count = std::count_if(splits_of_artist.begin(), splits_of_artist.end(),
                                            [](const auto& item) { return item.second.size() > 1; });
    std::ostringstream text;
    text << name << ": " << counted(clips.train.size(), "clip") << " train, " << clips.valid.size() << " valid";
    if (!clips.test.empty()) text << ", " << clips.test.size() << " test";
    if (splits_of_artist.empty())
        text << "; artists unknown";
    else if (shared_count == 0)
        text << "; no artist in two splits";
    else
        text << "; " << counted(static_cast<std::uint64_t>(shared_count), "artist") << " in more than one split";
    return text.str();
}

}  // namespace earmark
