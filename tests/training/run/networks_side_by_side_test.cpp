#include "training/run/networks_side_by_side.h"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "tests/support/temporary_folder.h"
#include "tests/training/support/expect_error.h"
#include "tests/training/support/recording_listener.h"
#include "tests/training/support/tiny_recipe.h"
#include "training/run/event_json.h"
#include "training/run/training_arguments.h"

namespace earmark {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

std::string written(const TrainingEvent& event) { return "echo '" + event_json(event) + "' >&3\n"; }

EpochReport epoch_of(int segment_frames, int epoch) {
    EpochReport report;
    report.task = local_network_task(segment_frames);
    report.epoch = epoch;
    report.stage = 1;
    report.stage_count = 2;
    report.duration_s = 10.0;
    return report;
}

Phase phase_of(Phase::Kind kind, int segment_frames) {
    return {.kind = kind, .task = local_network_task(segment_frames)};
}

// The two networks of the tiny recipe, learned by a script of the shell: $2 is the index of the network.
class NetworksSideBySide : public testing::Test {
protected:
    NetworksSideBySide() {
        options_.out = folder_.path() / "run";
        options_.worker_count = 2;
        options_.program = folder_.path() / "program";
    }

    bool learn(const std::string& script, RecordingListener::StopWhen stop_when = {}) {
        std::ofstream(*options_.program) << "#!/bin/sh\ncd '" << folder_.path().string() << "'\n" << script;
        std::filesystem::permissions(*options_.program, std::filesystem::perms::owner_all);
        listener_ = ProgressListener(std::move(stop_when));
        return learn_side_by_side({options_, recipe_, {0, 1}, 2}, estimate_, listener_);
    }

    class ProgressListener : public RecordingListener {
    public:
        using RecordingListener::RecordingListener;
        void progress(const Progress& progress) override { last_progress = progress; }
        Progress last_progress;
    };

    TemporaryFolder folder_;
    TrainingOptions options_;
    Recipe recipe_ = tiny_recipe();
    RemainingTimeEstimate estimate_{recipe_, 2};
    ProgressListener listener_;
};

TEST_F(NetworksSideBySide, are_started_with_their_index_and_the_options_for_one_worker) {
    EXPECT_TRUE(learn("for word; do echo \"$word\"; done > words-$2"));
    TrainingOptions expected = options_;
    expected.worker_count = 1;
    for (const char* index : {"0", "1"}) {
        std::string text = std::string(network_process_word) + "\n" + index + "\n";
        for (const std::string& argument : training_arguments(expected)) text += argument + "\n";
        EXPECT_EQ(read_text(folder_.path() / ("words-" + std::string(index))), text);
    }
}

TEST_F(NetworksSideBySide, report_the_phases_of_their_own) {
    EXPECT_TRUE(learn("case $2 in 0) size=9;; 1) size=18;; esac\n" + written(Phase{.kind = Phase::Kind::decoding}) +
                      "echo \"{\\\"event\\\":\\\"phase\\\",\\\"phase\\\":\\\"task\\\",\\\"task\\\":"
                      "{\\\"kind\\\":\\\"local_network\\\",\\\"segment_frames\\\":$size}}\" >&3"));
    ASSERT_EQ(listener_.phases.size(), 5U);
    EXPECT_EQ(listener_.phases[0], (Phase{.kind = Phase::Kind::networks, .training_count = 2, .process_count = 2}));
    EXPECT_THAT(listener_.phases,
                testing::IsSupersetOf({phase_of(Phase::Kind::task, 9), phase_of(Phase::Kind::trained, 9),
                                       phase_of(Phase::Kind::task, 18), phase_of(Phase::Kind::trained, 18)}));
}

TEST_F(NetworksSideBySide, report_their_progress_with_their_task) {
    EXPECT_TRUE(learn("[ $2 = 0 ] && exit\n" + written(Progress{3, 9})));
    EXPECT_EQ(listener_.last_progress.done, 3U);
    EXPECT_EQ(listener_.last_progress.all, 9U);
    EXPECT_EQ(listener_.last_progress.task, local_network_task(18));
}

TEST_F(NetworksSideBySide, report_their_epochs_with_what_is_left_for_all) {
    EXPECT_TRUE(learn("[ $2 = 0 ] && exit\n" + written(EpochEvent{epoch_of(18, 1), std::nullopt})));
    ASSERT_EQ(listener_.epochs.size(), 1U);
    EXPECT_EQ(listener_.epochs[0].task, local_network_task(18));
    EXPECT_GT(listener_.remaining[0].value(), 0.0);
}

TEST_F(NetworksSideBySide, report_damaged_files_but_nothing_that_the_run_has_reported_before) {
    const FileProblem damage{FileProblem::Kind::damaged_checkpoint, "local-network-9.pt", "it is cut short"};
    EXPECT_TRUE(learn("[ $2 = 1 ] && exit\n" + written(damage) + written(ClipProblem{"a", "m", 1, "no audio"}) +
                      written(LeftOutClips{2}) + written(ComputeDevice{})));
    EXPECT_THAT(listener_.warnings, ElementsAre(Warning(damage)));
    EXPECT_THAT(listener_.devices, testing::IsEmpty());
}

TEST_F(NetworksSideBySide, end_with_the_error_of_one_that_fails_and_the_other_is_interrupted) {
    const std::string script = "[ $2 = 0 ] || exec sleep 60\n" +
                               written(Failure{ErrorCode::invalid_recipe, "local network 9: the loss"}) + "exit 2";
    EXPECT_EQ(error_of(ErrorCode::invalid_recipe, [&] { learn(script); }), "local network 9: the loss");
}

TEST_F(NetworksSideBySide, are_interrupted_when_a_stop_is_requested) {
    const std::string script = "trap 'touch interrupted-$2; exit 1' INT\n" +
                               written(EpochEvent{epoch_of(9, 1), std::nullopt}) +
                               "for i in $(seq 6000); do sleep 0.01; done";
    EXPECT_FALSE(learn(script, [](const RecordingListener& listener) { return listener.epochs.size() == 2; }));
    for (const char* file : {"interrupted-0", "interrupted-1"})
        EXPECT_TRUE(std::filesystem::exists(folder_.path() / file)) << file;
}

}  // namespace
}  // namespace earmark
