#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "datasets/manifest/dataset.h"

namespace earmark {

/// A number of clips and their duration.
struct Amount {
    std::size_t clip_count = 0;
    double duration_s = 0.0;
};

/// Clips and time of a label, for each split.
struct LabelTotals {
    std::string label;
    Amount all;
    std::map<std::string, Amount> by_split;
};

/// Clips and hours of each label and split of a data set.
struct DatasetTotals {
    Amount all;
    std::vector<std::string> splits;  ///< those of train, valid, test that occur, then others by name
    std::map<std::string, Amount> by_split;
    std::vector<LabelTotals> labels;  ///< most clips first, equal ones in alphabetical order
};

/// `durations_s` has a number for each clip; clips without one count as clips of no time.
DatasetTotals dataset_totals(const std::vector<Clip>& clips, const std::vector<double>& durations_s);

/// An artist whose clips are in several splits.
struct SharedArtist {
    std::string artist;
    std::map<std::string, std::size_t> clips_by_split;
};

/// Names are the same by plain_artist. Clips without an artist or split do not count. In alphabetical order.
std::vector<SharedArtist> shared_artists(const std::vector<Clip>& clips);

}  // namespace earmark
