#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace earmark {

/// What one epoch gave.
struct EpochReport {
    std::string task;  ///< what is being trained, for example "local network 27" or "classifier, all levels, all sizes"
    int epoch = 0;     ///< counted from 1 over all stages
    int stage = 0;     ///< of the learning rate, counted from 1
    int stage_count = 0;
    double learning_rate = 0.0;
    double loss = 0.0;
    double valid_loss = 0.0;
    std::optional<double> valid_roc_auc;  ///< mean over tags; nothing when no tag has positives and negatives
    double frames_per_second = 0.0;       ///< of training, without validation; 0 where inputs are not frames
    double duration_s = 0.0;
    bool is_kept = false;  ///< these are the weights to keep: the best so far, or the last of all
};

/// Hears of a training run while it goes on; all calls come from the thread that trains. The defaults do nothing.
class TrainingListener {
public:
    virtual ~TrainingListener() = default;

    /// A phase begins: "decoding", "local network 18", ...
    virtual void phase(const std::string&) {}

    /// Something the user should know, one line.
    virtual void warning(const std::string&) {}

    /// Within a phase.
    virtual void progress(std::size_t /*done*/, std::size_t /*all*/) {}

    /// `remaining_s` is an estimate for the whole run; nothing while there is no ground for one.
    virtual void epoch(const EpochReport&, std::optional<double> /*remaining_s*/) {}

    /// Asked after each clip that was decoded and before each batch; true ends the run, which then goes on from the
    /// last checkpoint when it is called again.
    virtual bool stop_requested() { return false; }
};

}  // namespace earmark
