#pragma once

#include <optional>

#include "training/fit/events.h"

namespace earmark {

/// Receives the events of a training run as they happen; all calls come from the thread that trains. The defaults do
/// nothing.
class TrainingListener {
public:
    virtual ~TrainingListener() = default;

    virtual void phase(const Phase&) {}
    virtual void warning(const Warning&) {}

    /// Where step 1 and step 3 compute; once, before the first phase that does.
    virtual void device(const ComputeDevice&) {}

    /// Within a phase.
    virtual void progress(const Progress&) {}

    /// `remaining_s` is an estimate for the whole run; nothing while there is no ground for one.
    virtual void epoch(const EpochReport&, std::optional<double> /*remaining_s*/) {}

    /// Asked after each clip that was decoded and before each batch; true ends the run, which resumes from the last
    /// checkpoint when it is called again.
    virtual bool stop_requested() { return false; }
};

}  // namespace earmark
