#pragma once

#include <filesystem>

#include "training/run/event_json.h"

namespace earmark {

/// Passes everything on to another listener, and appends all but the progress to a file, one JSON object a line. A line
/// that cannot be written, since the disk is full, is left out as a whole, and the first one is a warning.
class LoggingListener : public TrainingListener {
public:
    /// Throws Error (unwritable).
    LoggingListener(TrainingListener& next, const std::filesystem::path& log);
    LoggingListener(const LoggingListener&) = delete;
    LoggingListener& operator=(const LoggingListener&) = delete;
    ~LoggingListener() override;

    void phase(const Phase& phase) override;
    void warning(const Warning& warning) override;
    void device(const ComputeDevice& device) override;
    void progress(const Progress& progress) override { next_.progress(progress); }
    void epoch(const EpochReport& report, std::optional<double> remaining_s) override;
    bool stop_requested() override { return next_.stop_requested(); }

private:
    void write(const TrainingEvent& event);

    TrainingListener& next_;
    std::filesystem::path log_;
    int descriptor_;
    bool has_lost_lines_ = false;
};

}  // namespace earmark
