#include "training/run/processes.h"

#include <gmock/gmock.h>

#include <string>

#include "tests/support/temporary_folder.h"
#include "tests/training/support/expect_error.h"

namespace earmark {
namespace {

std::string written(const TrainingEvent& event) { return "echo '" + event_json(event) + "' >&3\n"; }

// Processes of the shell, in a folder of their own.
class Processes : public testing::Test {
protected:
    bool run(std::size_t count, std::size_t process_count, const std::string& script,
             std::function<void(std::size_t, const TrainingEvent&)> event = {}) {
        const std::string text = "cd '" + folder_.path().string() + "'\n" + script;
        return run_in_processes(
            {.count = count,
             .process_count = process_count,
             .command =
                 [&](std::size_t index) {
                     return std::vector<std::string>{"/bin/sh", "-c", text, "sh", std::to_string(index)};
                 },
             .event = std::move(event),
             .done = [this](std::size_t index) { done_.push_back(index); },
             .stop_requested = [this] { return stop_requested_; }});
    }

    bool is_left(const std::string& name) const { return std::filesystem::exists(folder_.path() / name); }

    TemporaryFolder folder_;
    std::vector<std::size_t> done_;
    bool stop_requested_ = false;
};

TEST_F(Processes, do_every_unit_of_work_once) {
    EXPECT_TRUE(run(5, 2, "echo here >> $1"));
    EXPECT_THAT(done_, testing::UnorderedElementsAre(0, 1, 2, 3, 4));
    for (int i = 0; i < 5; ++i) EXPECT_EQ(std::filesystem::file_size(folder_.path() / std::to_string(i)), 5U) << i;
}

TEST_F(Processes, run_at_the_same_time) {
    EXPECT_TRUE(run(2, 2, "touch $1; until [ -e $((1 - $1)) ]; do sleep 0.01; done"));
}

TEST_F(Processes, run_no_more_than_so_many_at_the_same_time) {
    EXPECT_TRUE(run(4, 2, "touch running-$1; sleep 0.05; ls | grep -c running > count-$1; rm running-$1"));
    for (int i = 0; i < 4; ++i) EXPECT_LE(read_text(folder_.path() / ("count-" + std::to_string(i))), "2\n");
}

TEST_F(Processes, hand_over_every_event_before_they_are_done) {
    std::vector<std::string> events;
    const std::string script =
        written(Progress{1, 3}) + written(ClipProblem{"a", "m", 1, std::string(9000, '.')}) + written(Progress{3, 3});
    EXPECT_TRUE(run(2, 1, script, [&](std::size_t index, const TrainingEvent& event) {
        events.push_back(std::to_string(index) + std::to_string(done_.size()) + " " + event_json(event).substr(0, 20));
    }));
    EXPECT_THAT(events,
                testing::ElementsAre(testing::StartsWith("00 {\"event\":\"progress"),
                                     testing::StartsWith("00 {\"event\":\"warning"),
                                     testing::StartsWith("00 {\"event\":\"progress"), testing::StartsWith("11 {"),
                                     testing::StartsWith("11 {"), testing::StartsWith("11 {")));
}

TEST_F(Processes, throw_the_failure_of_one_with_its_code_and_start_no_more) {
    const std::string script = "touch $1; [ $1 != 1 ] && exit 0\n" +
                               written(Failure{ErrorCode::invalid_dataset, "manifest.tsv: no clip"}) + "exit 2";
    EXPECT_EQ(error_of(ErrorCode::invalid_dataset, [&] { run(4, 1, script); }), "manifest.tsv: no clip");
    EXPECT_THAT(done_, testing::ElementsAre(0));
    EXPECT_FALSE(is_left("2"));
}

TEST_F(Processes, that_end_without_a_word_are_an_error) {
    EXPECT_THAT(error_of(ErrorCode::unwritable, [&] { run(1, 1, "exit 7"); }), testing::HasSubstr("without a result"));
}

TEST_F(Processes, that_write_anything_but_events_are_an_error) {
    EXPECT_THAT(error_of(ErrorCode::unreadable, [&] { run(1, 1, "echo hello >&3"); }),
                testing::HasSubstr("not an event"));
}

TEST_F(Processes, that_cannot_be_started_are_an_error_that_names_the_program) {
    const auto start = [] {
        run_in_processes({.count = 1,
                          .process_count = 1,
                          .command = [](std::size_t) { return std::vector<std::string>{"/nowhere/earmark-train"}; },
                          .event = {},
                          .done = [](std::size_t) {},
                          .stop_requested = [] { return false; }});
    };
    EXPECT_THAT(error_of(ErrorCode::unwritable, start), testing::HasSubstr("/nowhere/earmark-train"));
}

TEST_F(Processes, name_the_signal_that_killed_one) {
    EXPECT_THAT(error_of(ErrorCode::unwritable, [&] { run(1, 1, "kill -9 $$"); }), testing::HasSubstr("signal 9"));
}

TEST_F(Processes, write_nothing_to_standard_output_of_this_one) {
    testing::internal::CaptureStdout();
    EXPECT_TRUE(run(1, 1, "echo hello 2>/dev/null"));
    EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
}

TEST_F(Processes, are_interrupted_when_a_stop_is_requested) {
    const std::string script = "trap 'touch $1-was-interrupted; exit 1' INT\n" + written(Progress{0, 1}) +
                               "for i in $(seq 3000); do sleep 0.01; done; touch $1-was-not";
    EXPECT_FALSE(run(3, 2, script, [&](std::size_t, const TrainingEvent&) { stop_requested_ = true; }));
    EXPECT_TRUE(done_.empty());
    EXPECT_FALSE(is_left("0-was-not"));
    EXPECT_FALSE(is_left("2-was-interrupted"));
}

TEST_F(Processes, that_a_stop_ends_before_they_wait_for_it_are_no_error) {
    stop_requested_ = true;
    EXPECT_FALSE(run(3, 2, "exec sleep 30"));
    EXPECT_TRUE(done_.empty());
}

}  // namespace
}  // namespace earmark
