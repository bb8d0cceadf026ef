#pragma once

#include <gmock/gmock.h>

#include <cstddef>

#include "tests/training/support/tiny_run.h"
#include "training/study/study.h"
#include "training/study/study_metrics.h"

namespace earmark {

/// Two seeds with three folds, run once for all tests of this process.
class FinishedStudy : public testing::Test {
protected:
    struct Finished {
        SyntheticDataset dataset{20, 10, 6};
        TinyRun run{dataset};
        StudyOptions options;
        StudyOutcome outcome;
        StudyScores scores;
        StudyMetrics metrics;

        Finished() {
            options.training = run.options;
            options.training.configurations.whole_study = true;
            options.seeds = {3, 4};
            options.fold_count = 3;
            options.program = EARMARK_TRAIN_PROGRAM;
            RecordingListener listener;
            outcome = FinishedStudy::run(options, listener);
            scores = read_study(options.training.out, options.seeds, 3);
            metrics = study_metrics(scores, {.resample_count = 100});
        }
    };

    static StudyOutcome run(const StudyOptions& options, TrainingListener& listener) {
        return run_study(options, read_sources(options.training), listener);
    }

    static Finished& finished() {
        static Finished study;
        return study;
    }

    static std::size_t place(const ConfigurationId& id) {
        return place_of(finished().scores.configurations, id).value();
    }

    const StudyScores& scores_ = finished().scores;
    const StudyMetrics& metrics_ = finished().metrics;
};

}  // namespace earmark
