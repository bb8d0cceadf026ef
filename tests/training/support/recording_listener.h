#pragma once

#include <functional>
#include <string>
#include <vector>

#include "training/fit/listener.h"

namespace earmark {

/// Remembers what a run tells, and stops it where `stop_when` says so.
class RecordingListener : public TrainingListener {
public:
    using StopWhen = std::function<bool(const RecordingListener&)>;

    explicit RecordingListener(StopWhen stop_when = {}) : stop_when_(std::move(stop_when)) {}

    void phase(const std::string& name) override { phases.push_back(name); }
    void warning(const std::string& message) override { warnings.push_back(message); }
    void epoch(const EpochReport& report, std::optional<double> remaining_s) override {
        epochs.push_back(report);
        remaining.push_back(remaining_s);
        questions_since_epoch = 0;
    }
    bool stop_requested() override {
        ++questions_since_epoch;
        return stop_when_ && stop_when_(*this);
    }

    std::vector<std::string> phases;
    std::vector<std::string> warnings;
    std::vector<EpochReport> epochs;
    std::vector<std::optional<double>> remaining;
    int questions_since_epoch = 0;  ///< how often stop_requested was called since the last epoch

private:
    StopWhen stop_when_;
};

}  // namespace earmark
