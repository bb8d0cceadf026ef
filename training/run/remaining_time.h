#pragma once

#include <algorithm>
#include <map>
#include <vector>

#include "training/fit/listener.h"
#include "training/recipe/recipe.h"

namespace earmark {

/// How long the rest of step 1 will take, from the epochs so far. Early stopping cannot be foreseen: each stage that is
/// still to come is taken to last as long as the ones before it did. An epoch is taken to last as long as the last one
/// or, where that is less, the median of the last five: an epoch during which other processes kept the machine busy
/// does not turn minutes into hours.
class RemainingTimeEstimate {
public:
    explicit RemainingTimeEstimate(const Recipe& recipe) : recipe_(recipe), speeds_(recipe.networks.size()) {}

    /// Takes one more epoch of a network; seconds that are left for it and the networks after it.
    double add(std::size_t network_index, const EpochReport& report) {
        speeds_[network_index].push_back(report.frames_per_second);
        const Schedule& schedule = recipe_.local_learning;
        const double epochs_per_network = this->epochs_per_network(schedule, report);
        const double networks_to_come = static_cast<double>(recipe_.networks.size() - network_index - 1);
        const double epochs_left =
            std::max(epochs_per_network - report.epoch, 1.0) + networks_to_come * epochs_per_network;
        return epochs_left * usual_duration_s(report.duration_s);
    }

    /// By segment_frames: the median over the epochs that were added.
    std::map<int, double> frames_per_second() const {
        std::map<int, double> medians;
        for (std::size_t i = 0; i < speeds_.size(); ++i) {
            std::vector<double> sorted = speeds_[i];
            if (sorted.empty()) continue;
            std::sort(sorted.begin(), sorted.end());
            medians[recipe_.networks[i].segment_frames] = sorted[sorted.size() / 2];
        }
        return medians;
    }

private:
    double usual_duration_s(double last_s) {
        constexpr std::size_t most_recent = 5;
        recent_s_.push_back(last_s);
        if (recent_s_.size() > most_recent) recent_s_.erase(recent_s_.begin());
        std::vector<double> sorted = recent_s_;
        std::sort(sorted.begin(), sorted.end());
        return std::min(last_s, sorted[(sorted.size() - 1) / 2]);
    }

    static double epochs_per_network(const Schedule& schedule, const EpochReport& report) {
        if (schedule.rule == LearningRateRule::cosine) return schedule.epochs;
        const double epochs_per_stage =
            std::max<double>(schedule.patience_epochs + 1, static_cast<double>(report.epoch) / report.stage);
        return epochs_per_stage * schedule.stage_count();
    }

    const Recipe& recipe_;
    std::vector<std::vector<double>> speeds_;
    std::vector<double> recent_s_;  ///< how long the last epochs took
};

}  // namespace earmark
