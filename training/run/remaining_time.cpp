#include "training/run/remaining_time.h"

#include <algorithm>

namespace earmark {
namespace {

double epochs_per_network(const Schedule& schedule, const EpochReport& report) {
    if (schedule.rule == LearningRateRule::cosine) return schedule.epochs;
    const double epochs_per_stage =
        std::max<double>(schedule.patience_epochs + 1, static_cast<double>(report.epoch) / report.stage);
    return epochs_per_stage * schedule.stage_count();
}

double usual_duration_s(const std::vector<double>& recent_s) {
    std::vector<double> sorted = recent_s;
    std::sort(sorted.begin(), sorted.end());
    return std::min(recent_s.back(), sorted[(sorted.size() - 1) / 2]);
}

void add_recent(std::vector<double>& recent_s, double duration_s) {
    constexpr std::size_t most_recent = 5;
    recent_s.push_back(duration_s);
    if (recent_s.size() > most_recent) recent_s.erase(recent_s.begin());
}

}  // namespace

RemainingTimeEstimate::RemainingTimeEstimate(const Recipe& recipe, std::size_t process_count)
    : recipe_(recipe), process_count_(process_count), networks_(recipe.networks.size()) {}

double RemainingTimeEstimate::add(std::size_t network_index, const EpochReport& report) {
    const double all_epochs = epochs_per_network(recipe_.local_learning, report);
    Network& reported = networks_[network_index];
    reported.speeds.push_back(report.frames_per_second);
    reported.epochs_left = std::max(all_epochs - report.epoch, 1.0);
    add_recent(reported.recent_s, report.duration_s);

    double longest_s = 0.0;
    double sum_s = 0.0;
    for (const Network& network : networks_) {
        if (network.is_finished) continue;
        const double left_s = network.recent_s.empty() ? all_epochs * usual_duration_s(reported.recent_s)
                                                       : network.epochs_left * usual_duration_s(network.recent_s);
        longest_s = std::max(longest_s, left_s);
        sum_s += left_s;
    }
    return std::max(longest_s, sum_s / static_cast<double>(process_count_));
}

std::map<int, double> RemainingTimeEstimate::frames_per_second() const {
    std::map<int, double> medians;
    for (std::size_t i = 0; i < networks_.size(); ++i) {
        std::vector<double> sorted = networks_[i].speeds;
        if (sorted.empty()) continue;
        std::sort(sorted.begin(), sorted.end());
        medians[recipe_.networks[i].segment_frames] = sorted[sorted.size() / 2];
    }
    return medians;
}

}  // namespace earmark
