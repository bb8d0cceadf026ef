#include "training/run/event_json.h"

#include <gmock/gmock.h>

#include "tests/training/support/recording_listener.h"

namespace earmark {
namespace {

template <typename Event>
Event again(const Event& event) {
    const auto parsed = parse_event(event_json(event));
    if (!parsed) throw std::runtime_error("no event: " + event_json(event));
    return std::get<Event>(*parsed);
}

TEST(EventJson, gives_every_phase_again) {
    for (const Phase& phase :
         {Phase{.kind = Phase::Kind::decoding}, Phase{.kind = Phase::Kind::task, .task = local_network_task(27)},
          Phase{.kind = Phase::Kind::task, .task = TaskId{TaskId::Kind::local_output, 54, {}}},
          Phase{.kind = Phase::Kind::task, .task = classifier_task(one_level_id(2, 27)), .run = RunId{3, 2}},
          Phase{.kind = Phase::Kind::aggregation, .run = RunId{3, std::nullopt}}, Phase{.kind = Phase::Kind::writing},
          Phase{.kind = Phase::Kind::copies},
          Phase{.kind = Phase::Kind::trainings, .training_count = 6, .process_count = 2},
          Phase{.kind = Phase::Kind::networks, .training_count = 3, .process_count = 2},
          Phase{.kind = Phase::Kind::trained, .task = local_network_task(27)},
          Phase{.kind = Phase::Kind::trained, .run = RunId{18446744073709551615U, 10}}})
        EXPECT_EQ(again(phase), phase) << event_json(phase);
}

TEST(EventJson, gives_warnings_devices_progress_and_failures_again) {
    const ClipProblem problem{"a \"b\".mp3", "data/manifest.tsv", 12, "a: no\naudio"};
    EXPECT_EQ(again(problem), problem);
    EXPECT_EQ(again(LeftOutClips{3}), LeftOutClips{3});
    EXPECT_EQ(again(FoundCopies{{{"a", "b \"c\""}}}), (FoundCopies{{{"a", "b \"c\""}}}));
    for (int kind = 0; kind <= static_cast<int>(FileProblem::Kind::incomplete_log); ++kind) {
        const FileProblem damage{static_cast<FileProblem::Kind>(kind), "run/log-mel", "it is cut short"};
        EXPECT_EQ(again(damage), damage);
    }
    EXPECT_EQ(again(ComputeDevice{ComputeDevice::Kind::cuda}).kind, ComputeDevice::Kind::cuda);
    EXPECT_EQ(again(Progress{3, 9}).all, 9U);
    EXPECT_EQ(again(Progress{3, 9}).task, std::nullopt);
    EXPECT_EQ(again(Progress{3, 9, local_network_task(27)}).task, local_network_task(27));
    EXPECT_EQ(again(Failure{ErrorCode::usage, "what"}).message, "what");
}

TEST(EventJson, gives_every_error_code_again) {
    for (int place = 0; place <= static_cast<int>(ErrorCode::canceled); ++place) {
        const auto code = static_cast<ErrorCode>(place);
        EXPECT_EQ(again(Failure{code, "what"}).code, code) << place;
    }
}

TEST(EventJson, gives_an_epoch_again) {
    const EpochReport report{local_network_task(18), 7, 2, 5, 0.004, 0.25, 0.125, std::nullopt, 1000.5, 1.5, true};
    const EpochEvent event = again(EpochEvent{report, 60.0});
    EXPECT_EQ(event.report.task, report.task);
    EXPECT_EQ(event.report.epoch, 7);
    EXPECT_EQ(event.report.stage_count, 5);
    EXPECT_EQ(event.report.learning_rate, 0.004);
    EXPECT_EQ(event.report.valid_roc_auc, std::nullopt);
    EXPECT_TRUE(event.report.is_kept);
    EXPECT_EQ(event.remaining_s, 60.0);
}

TEST(EventJson, is_one_line_of_utf_8_whatever_a_name_holds) {
    const std::string line = event_json(ClipProblem{"caf\xe9\n.mp3", "m", 1, ""});
    EXPECT_EQ(line.find('\n'), std::string::npos);
    EXPECT_TRUE(parse_event(line));
}

TEST(EventJson, of_anything_else_is_no_event) {
    const std::string whole = event_json(Phase{.kind = Phase::Kind::trainings, .training_count = 6});
    for (std::size_t length = 0; length < whole.size(); ++length)
        EXPECT_FALSE(parse_event(whole.substr(0, length))) << length;
    for (const char* line :
         {"[]", "1", "{}", R"({"event":"phase"})", R"({"event":"phase","phase":"dancing"})",
          R"({"event":"phase","phase":3})", R"({"event":"warning","warning":"clip"})",
          R"({"event":"device","device":"abacus"})", R"({"event":"music"})",
          R"({"event":"phase","phase":"task","task":{"kind":"classifier","configuration":{"kind":"no"}}})"})
        EXPECT_FALSE(parse_event(line)) << line;
}

TEST(EventJson, passes_events_on_to_a_listener) {
    RecordingListener listener;
    for (const TrainingEvent& event :
         {TrainingEvent(Phase{.kind = Phase::Kind::writing}), TrainingEvent(LeftOutClips{1}),
          TrainingEvent(ComputeDevice{}), TrainingEvent(EpochEvent{}), TrainingEvent(Failure{})})
        pass_on(event, listener);
    EXPECT_EQ(listener.phases.size(), 1U);
    EXPECT_EQ(listener.warnings.size(), 1U);
    EXPECT_EQ(listener.devices.size(), 1U);
    EXPECT_EQ(listener.epochs.size(), 1U);
}

TEST(EventText, of_people_is_one_line_each) {
    const Phase phase{.kind = Phase::Kind::task, .task = classifier_task(whole_method_id), .run = RunId{3, 2}};
    EXPECT_EQ(to_string(phase), "seed-3/fold-02: classifier, all levels, all scales");
    EXPECT_EQ(to_string(Phase{.kind = Phase::Kind::aggregation, .run = RunId{3, std::nullopt}}), "seed-3: aggregation");
    EXPECT_EQ(to_string(Phase{.kind = Phase::Kind::trainings, .training_count = 6, .process_count = 2}),
              "6 trainings, 2 at a time");
    EXPECT_EQ(to_string(Phase{.kind = Phase::Kind::networks, .training_count = 3, .process_count = 2}),
              "3 local networks, 2 at a time");
    EXPECT_EQ(to_string(Phase{.kind = Phase::Kind::trained, .task = local_network_task(27)}),
              "local network 27: trained");
    EXPECT_EQ(to_string(RunId{3, 12}), "seed-3/fold-12");
    EXPECT_EQ(file_name(local_network_task(9)), "local-network-9");
    EXPECT_EQ(file_name(classifier_task(whole_method_id)), "classifier-all-levels-all-scales");
    EXPECT_EQ(to_string(Warning(LeftOutClips{1})), "1 clip does not have exactly one of the labels, and is left out");
    EXPECT_EQ(to_string(Warning(ClipProblem{"x.mp3", "manifest.tsv", 12, "x.mp3: no audio"})),
              "manifest.tsv:12: x.mp3: no audio");
}

}  // namespace
}  // namespace earmark
