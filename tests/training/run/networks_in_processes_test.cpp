// Networks that earmark-train learns in processes of its own give what networks give that are learned one after the
// other.
#include <gmock/gmock.h>

#include <fstream>

#include "tests/training/support/expect_error.h"
#include "tests/training/support/tiny_run.h"
#include "training/run/run_folder.h"

namespace earmark {
namespace {

using testing::Contains;
using testing::IsSupersetOf;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

Phase side_by_side(std::size_t network_count) {
    return {.kind = Phase::Kind::networks, .training_count = network_count, .process_count = 2};
}

Phase phase_of(Phase::Kind kind, int segment_frames) {
    return {.kind = kind, .task = local_network_task(segment_frames)};
}

class NetworksInProcesses : public testing::Test {
protected:
    NetworksInProcesses() { use_processes(run_); }

    static void use_processes(TinyRun& run) {
        run.options.worker_count = 2;
        run.options.program = EARMARK_TRAIN_PROGRAM;
    }

    static const SyntheticDataset& dataset() {
        static const SyntheticDataset dataset(14, 7, 7);
        return dataset;
    }

    // With one worker and no program.
    static TinyRun& one_after_the_other() {
        static TinyRun run(dataset());
        static const TrainingOutcome outcome = run.train();
        return run;
    }

    std::filesystem::path checkpoint(int segment_frames) const {
        return RunFolder(run_.options.out).checkpoint(local_network_task(segment_frames));
    }

    void expect_the_same_model() {
        EXPECT_EQ(run_.model_bytes_without_date(), one_after_the_other().model_bytes_without_date());
    }

    TinyRun run_{dataset()};
};

TEST_F(NetworksInProcesses, give_the_same_model) {
    ASSERT_TRUE(run_.train().finished);
    EXPECT_THAT(run_.listener.phases, Contains(side_by_side(2)));
    expect_the_same_model();
}

TEST_F(NetworksInProcesses, more_workers_without_processes_give_the_same_model) {
    run_.options.program.reset();
    ASSERT_TRUE(run_.train().finished);
    EXPECT_THAT(run_.listener.phases, Not(Contains(side_by_side(2))));
    expect_the_same_model();
}

TEST_F(NetworksInProcesses, report_what_networks_report_one_after_the_other) {
    const TrainingOutcome outcome = run_.train();
    EXPECT_THAT(run_.listener.phases,
                IsSupersetOf({phase_of(Phase::Kind::task, 9), phase_of(Phase::Kind::task, 18),
                              phase_of(Phase::Kind::trained, 9), phase_of(Phase::Kind::trained, 18)}));
    EXPECT_THAT(outcome.frames_per_second, SizeIs(2));
    EXPECT_THAT(run_.listener.devices, SizeIs(1));
    const auto losses = [](const std::vector<EpochReport>& epochs) {
        std::map<std::string, std::vector<double>> by_task;
        for (const EpochReport& epoch : epochs) by_task[to_string(epoch.task)].push_back(epoch.valid_loss);
        return by_task;
    };
    const auto expected = losses(one_after_the_other().listener.epochs);
    EXPECT_EQ(losses(run_.listener.epochs), expected);
    EXPECT_EQ(losses(RunFolder(run_.options.out).epochs()), expected);
    EXPECT_GT(run_.listener.remaining.front().value(), 0.0);
}

TEST_F(NetworksInProcesses, report_a_clip_that_cannot_be_used_once) {
    const SyntheticDataset damaged(14, 7, 7);
    std::filesystem::remove(damaged.clip(1));
    TinyRun run(damaged);
    use_processes(run);
    EXPECT_THAT(run.train().problems, SizeIs(1));
    EXPECT_THAT(run.listener.warnings, SizeIs(1));
}

TEST_F(NetworksInProcesses, that_are_stopped_go_on_with_any_number_of_workers) {
    EXPECT_FALSE(run_.train([](const RecordingListener& listener) { return !listener.epochs.empty(); }).finished);
    EXPECT_FALSE(std::filesystem::exists(run_.options.out / "model.earmark"));
    run_.options.worker_count = 1;
    ASSERT_TRUE(run_.train().finished);
    expect_the_same_model();
}

TEST_F(NetworksInProcesses, go_on_where_a_run_with_one_worker_was_stopped) {
    run_.options.worker_count = 1;
    EXPECT_FALSE(run_.train([](const RecordingListener& listener) { return listener.epochs.size() == 2; }).finished);
    run_.options.worker_count = 2;
    ASSERT_TRUE(run_.train().finished);
    EXPECT_THAT(run_.listener.phases, Contains(side_by_side(2)));
    EXPECT_LT(run_.listener.epochs.size(), one_after_the_other().listener.epochs.size());
    expect_the_same_model();
}

TEST_F(NetworksInProcesses, are_not_started_for_the_last_network_that_is_left) {
    ASSERT_TRUE(run_.train().finished);
    std::filesystem::remove(checkpoint(18));
    ASSERT_TRUE(run_.train().finished);
    EXPECT_THAT(run_.listener.phases, Not(Contains(testing::Field(&Phase::kind, Phase::Kind::networks))));
    EXPECT_THAT(run_.listener.epochs, testing::Each(testing::Field(&EpochReport::task, local_network_task(18))));
    expect_the_same_model();
}

TEST_F(NetworksInProcesses, begin_anew_where_checkpoints_are_damaged) {
    ASSERT_TRUE(run_.train().finished);
    for (const int segment_frames : {9, 18}) std::ofstream(checkpoint(segment_frames)) << "no checkpoint";
    ASSERT_TRUE(run_.train().finished);
    EXPECT_THAT(run_.listener.phases, Contains(side_by_side(2)));
    EXPECT_THAT(run_.listener.warnings, SizeIs(2));
    expect_the_same_model();
}

// A clip of 0.5 s is one segment of the longer network.
TEST_F(NetworksInProcesses, end_with_one_error_where_one_fails) {
    const SyntheticDataset short_clip(14, 7, 7);
    write_wav(short_clip.clip(0), synthetic_samples(1, 5, 0.5));
    std::ofstream(short_clip.path() / "manifest.tsv")
        << "path\tsplit\ttags\nclip-0.wav\ttrain\tpitch---Low\nclip-14.wav\tvalid\tpitch---Low\n";
    TinyRun run(short_clip);
    use_processes(run);
    EXPECT_THAT(error_of(ErrorCode::invalid_dataset, [&] { run.train(); }),
                StartsWith("local network 18: the training clips have one segment"));
    EXPECT_THAT(run.listener.phases, Contains(side_by_side(2)));
}

TEST_F(NetworksInProcesses, refuse_a_recipe_that_was_changed_after_the_run_began) {
    struct ChangeRecipe : TrainingListener {
        explicit ChangeRecipe(std::filesystem::path file) : recipe(std::move(file)) {}
        void phase(const Phase& phase) override {
            if (phase.kind == Phase::Kind::networks)
                std::ofstream(recipe) << with(tiny_recipe_text, "seed = 7", "seed = 8");
        }
        std::filesystem::path recipe;
    } listener{run_.options.recipe};
    EXPECT_THAT(error_of(ErrorCode::usage, [&] { train(run_.options, listener); }),
                testing::HasSubstr("another recipe"));
}

}  // namespace
}  // namespace earmark
