#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "datasets/check/dataset_totals.h"
#include "datasets/check/inspect_clips.h"
#include "datasets/check/near_duplicates.h"
#include "datasets/manifest/dataset.h"

namespace earmark {

/// What is wrong with one clip.
struct ClipFault {
    enum class Kind {
        unreadable,  ///< missing, no audio, or nothing of it can be decoded: cannot be used
        damaged,     ///< cut short, or with damaged packets; the rest can be used
        too_short,
        silent,  ///< no sample is louder than -80 dB of full scale
    };
    std::size_t clip = 0;
    Kind kind = Kind::unreadable;
    std::string message;  ///< one line; starts with the path of the audio
};

/// Clips with the same samples, in whatever files.
using EqualClips = std::vector<std::size_t>;

/// What was found in a data set. Clips are named by their place in Dataset::clips.
struct DatasetCheck {
    std::size_t checked_count = 0;  ///< fewer than there are clips when the check was stopped
    std::vector<ClipFault> faults;
    std::vector<EqualClips> equal_clips;
    std::vector<NearDuplicate> near_duplicates;  ///< without pairs of equal clips
    std::vector<SharedArtist> shared_artists;
    DatasetTotals totals;  ///< of the clips that can be used, as far as they were checked
};

struct DatasetCheckOptions {
    std::size_t worker_count = 1;
    double shortest_s = 1.3;  ///< 54 frames of recipes/paper.toml are 1.26 s: shorter clips are repeated to fill them
};

/// Decodes all clips, in memory that grows by about 56 bytes for each second of audio. When `progress` ends the work,
/// the result has what was done by then; duplicates are looked for only after all clips were decoded.
DatasetCheck check_dataset(const Dataset& dataset, const DatasetCheckOptions& options, const CheckProgress& progress);

/// Whether the clips are in different splits; one without a split is in none.
bool in_two_splits(const Dataset& dataset, const std::vector<std::size_t>& clips);

}  // namespace earmark
