#pragma once

#include <memory>

#include "apps/common/progress_line.h"
#include "training/fit/listener.h"

namespace earmark {

/// Tells of a training run on standard error: a line for each epoch, a progress line on a terminal. Ctrl-C stops the
/// run after the batch; a second one ends the program at once.
class ConsoleListener : public TrainingListener {
public:
    ConsoleListener();

    void phase(const std::string& name) override;
    void warning(const std::string& text) override;
    void progress(std::size_t done, std::size_t all) override;
    void epoch(const EpochReport& report, std::optional<double> remaining_s) override;
    bool stop_requested() override;

    /// A line that begins at the left, also where progress is shown.
    void message(const std::string& text);

private:
    ProgressLine progress_line_;
    std::string note_;
};

}  // namespace earmark
