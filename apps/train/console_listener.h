#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "apps/common/progress_line.h"
#include "training/fit/listener.h"

namespace earmark {

/// Reports a training run on standard error: a line for each epoch, a progress line on a terminal. Ctrl-C stops the
/// run after the batch; a second one ends the program at once.
class ConsoleListener : public TrainingListener {
public:
    /// Calls `begun` when the first phase begins.
    explicit ConsoleListener(std::function<void()> begun = {});

    void phase(const Phase& phase) override;
    void warning(const Warning& warning) override;
    void device(const ComputeDevice& device) override;
    void progress(const Progress& progress) override;
    void epoch(const EpochReport& report, std::optional<double> remaining_s) override;
    bool stop_requested() override;

    /// A line that begins at the left, also where progress is shown.
    void message(const std::string& text);

protected:
    /// A line of its own, shown with the progress from then on.
    void begin(const std::string& what);

private:
    void show_side_by_side(const TaskId& task, double share);

    ProgressLine progress_line_;
    std::string note_;
    bool is_side_by_side_ = false;          ///< several tasks report their epochs in turn
    std::map<std::string, double> shares_;  ///< of the epoch of each that is done, where they are side by side
    std::function<void()> begun_;
};

}  // namespace earmark
