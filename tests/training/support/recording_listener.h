#pragma once

#include <functional>
#include <vector>

#include "training/fit/listener.h"

namespace earmark {

/// Remembers what a run reports, and stops it where `stop_when` wants it.
class RecordingListener : public TrainingListener {
public:
    using StopWhen = std::function<bool(const RecordingListener&)>;

    explicit RecordingListener(StopWhen stop_when = {}) : stop_when_(std::move(stop_when)) {}

    void phase(const Phase& phase) override { phases.push_back(phase); }
    void warning(const Warning& warning) override { warnings.push_back(warning); }
    void device(const ComputeDevice& device) override { devices.push_back(device); }
    void epoch(const EpochReport& report, std::optional<double> remaining_s) override {
        epochs.push_back(report);
        remaining.push_back(remaining_s);
        questions_since_epoch = 0;
    }
    bool stop_requested() override {
        ++questions_since_epoch;
        return stop_when_ && stop_when_(*this);
    }

    std::vector<Phase> phases;
    std::vector<Warning> warnings;
    std::vector<ComputeDevice> devices;
    std::vector<EpochReport> epochs;
    std::vector<std::optional<double>> remaining;
    int questions_since_epoch = 0;  ///< how often stop_requested was called since the last epoch

private:
    StopWhen stop_when_;
};

inline TaskId local_network_task(int segment_frames) { return {TaskId::Kind::local_network, segment_frames, {}}; }

inline TaskId classifier_task(const ConfigurationId& configuration) {
    return {TaskId::Kind::classifier, 0, configuration};
}

}  // namespace earmark
