#pragma once

#include <cstddef>
#include <map>
#include <vector>

#include "training/fit/events.h"
#include "training/recipe/recipe.h"

namespace earmark {

/// How long the rest of step 1 will take, from the epochs so far. Early stopping cannot be foreseen: each stage that is
/// still to come is taken to last as long as the ones before it did. An epoch is taken to last as long as the last one
/// of its network or, where that is less, the median of the last five: an epoch during which other processes kept the
/// machine busy does not turn minutes into hours.
class RemainingTimeEstimate {
public:
    /// `process_count` networks are learned at a time.
    explicit RemainingTimeEstimate(const Recipe& recipe, std::size_t process_count = 1);

    /// Takes one more epoch of a network; seconds that are left for all networks. Those without an epoch so far are
    /// taken to be as this one.
    double add(std::size_t network_index, const EpochReport& report);

    /// Nothing is left for this network.
    void finish(std::size_t network_index) { networks_[network_index].is_finished = true; }

    /// By segment_frames: the median over the epochs that were added.
    std::map<int, double> frames_per_second() const;

private:
    struct Network {
        std::vector<double> speeds;
        std::vector<double> recent_s;  ///< how long the last epochs took
        double epochs_left = 0.0;
        bool is_finished = false;
    };

    const Recipe& recipe_;
    std::size_t process_count_;
    std::vector<Network> networks_;
};

}  // namespace earmark
