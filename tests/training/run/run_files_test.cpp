#include <gmock/gmock.h>
#include <sys/resource.h>

#include <csignal>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "tests/training/support/tiny_run.h"
#include "training/run/logging_listener.h"
#include "training/run/results.h"
#include "training/run/run_folder.h"

namespace earmark {
namespace {

using nlohmann::json;
using testing::HasSubstr;

std::set<std::string> keys(const json& object) {
    std::set<std::string> names;
    for (const auto& [key, value] : object.items()) names.insert(key);
    return names;
}

std::vector<json> parse_lines(const std::string& text) {
    std::vector<json> values;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) values.push_back(json::parse(line));
    return values;
}

// One run for all tests of this process: they only look at it.
class RunFiles : public testing::Test {
protected:
    static TinyRun& finished_run() {
        static const SyntheticDataset dataset(21, 7, 7);
        static TinyRun run(dataset);
        static const TrainingOutcome outcome = run.train();
        return run;
    }

    std::string card_ = finished_run().text("model-card.md");
    std::vector<json> log_ = parse_lines(finished_run().text("log.jsonl"));
    json results_ = json::parse(finished_run().text("results.json"));
    Model model_ = read_model(finished_run().options.out / "model.earmark");
};

TEST_F(RunFiles, of_the_log_have_an_object_with_the_metrics_of_each_epoch) {
    const std::set<std::string> expected{
        "event",         "task",        "epoch",      "stage",         "stage_count",
        "learning_rate", "loss",        "valid_loss", "valid_roc_auc", "frames_per_second",
        "duration_s",    "remaining_s", "kept"};
    const std::vector<EpochReport>& epochs = finished_run().listener.epochs;
    auto report = epochs.begin();
    for (const json& line : log_) {
        if (line.at("event") != "epoch") continue;
        ASSERT_NE(report, epochs.end());
        EXPECT_EQ(keys(line), expected);
        EXPECT_EQ(line.at("epoch"), report->epoch);
        EXPECT_EQ(line.at("valid_loss"), report->valid_loss);
        EXPECT_EQ(line.at("kept"), report->is_kept);
        ++report;
    }
    EXPECT_EQ(report, epochs.end());
}

TEST_F(RunFiles, of_the_log_have_an_object_for_each_phase) {
    std::vector<Phase> phases;
    for (const json& line : log_) {
        const auto event = parse_event(line.dump());
        ASSERT_TRUE(event) << line;
        if (const auto* phase = std::get_if<Phase>(&*event)) phases.push_back(*phase);
    }
    EXPECT_EQ(phases, finished_run().listener.phases);
}

TEST_F(RunFiles, are_read_back_by_the_folder) {
    const RunFolder folder(finished_run().options.out);
    EXPECT_TRUE(folder.is_finished());
    EXPECT_EQ(folder.recipe().name, "tiny");
    EXPECT_EQ(folder.labels().size(), 3U);
    EXPECT_EQ(folder.dataset().clips.size(), 35U);
    EXPECT_EQ(serialize_model(folder.model()), serialize_model(model_));
    EXPECT_TRUE(folder.has_predictions(whole_method_id));
    EXPECT_EQ(folder.predictions(whole_method_id).paths.size(), 14U);
    const std::vector<EpochReport> epochs = folder.epochs();
    const std::vector<EpochReport>& expected = finished_run().listener.epochs;
    ASSERT_EQ(epochs.size(), expected.size());
    for (std::size_t i = 0; i < epochs.size(); ++i) {
        EXPECT_EQ(epochs[i].task, expected[i].task);
        EXPECT_EQ(epochs[i].valid_loss, expected[i].valid_loss);
        EXPECT_EQ(epochs[i].valid_roc_auc, expected[i].valid_roc_auc);
    }
}

TEST_F(RunFiles, have_the_device) {
    EXPECT_EQ(results_.at("device"), "cpu");
    EXPECT_THAT(card_, HasSubstr("| device | cpu |"));
    EXPECT_THAT(finished_run().text("log.jsonl"), HasSubstr(R"({"event":"device","device":"cpu"})"));
}

TEST_F(RunFiles, of_the_results_have_every_configuration) {
    const json& configurations = results_.at("configurations");
    ASSERT_EQ(configurations.size(), 10U);
    const json& all = configurations.back();
    EXPECT_EQ(results_.at("format"), 2);
    EXPECT_EQ(all.at("id"), "all-levels-all-scales");
    EXPECT_EQ(all.at("kind"), "all_levels");
    EXPECT_EQ(all.at("scales"), "all");
    EXPECT_EQ(all.at("name"), "all levels, all scales");
    EXPECT_EQ(all.at("feature_count"), 28);
    EXPECT_TRUE(all.at("valid").at("roc_auc").is_number());
    EXPECT_TRUE(all.at("test").at("average_precision").is_number());
    EXPECT_EQ(keys(results_.at("frames_per_second")), (std::set<std::string>{"9", "18"}));
}

TEST_F(RunFiles, of_predictions_are_those_that_the_results_name) {
    std::set<std::string> named;
    for (const json& configuration : results_.at("configurations")) named.insert(configuration.at("predictions"));
    std::set<std::string> found;
    const std::filesystem::path folder = finished_run().options.out;
    for (const auto& file : std::filesystem::directory_iterator(folder / "predictions"))
        found.insert(file.path().lexically_relative(folder).generic_string());
    EXPECT_EQ(named.size(), 10U);
    EXPECT_EQ(found, named);
}

TEST_F(RunFiles, of_the_results_are_read_as_they_were_written) {
    const RunResults results = read_results(finished_run().options.out / "results.json");
    EXPECT_EQ(results.configurations.back().id, whole_method_id);
    EXPECT_EQ(results_json(results), finished_run().text("results.json"));
}

TEST_F(RunFiles, of_the_model_card_describe_the_training) {
    EXPECT_THAT(card_, HasSubstr("# Model card: tiny\n"));
    EXPECT_THAT(card_, HasSubstr("| command | `earmark train tiny.toml` |"));
    EXPECT_THAT(card_, HasSubstr("| license | CC0-1.0 |"));
    EXPECT_THAT(card_, HasSubstr("Early stopping and thresholds use the validation split. The test split"));
    EXPECT_THAT(card_, HasSubstr("21 clips train, 7 valid, 7 test; no artist in two splits"));
    EXPECT_THAT(card_, HasSubstr(model_.provenance.date));
    EXPECT_THAT(card_, HasSubstr("frames per second (9 frames)"));
}

TEST_F(RunFiles, of_the_model_card_have_a_line_for_each_configuration_and_tag) {
    for (const json& configuration : results_.at("configurations")) {
        EXPECT_THAT(card_, HasSubstr("\n| " + configuration.at("name").get<std::string>() + " "));
    }
    EXPECT_THAT(card_, HasSubstr("| tag | category | threshold |"));
    for (const Tag& tag : model_.tags) EXPECT_THAT(card_, HasSubstr("\n| " + tag.name + " | "));
}

TEST_F(RunFiles, of_the_model_have_scores_of_validation_and_test) {
    std::set<std::string> scores;
    for (const Score& score : model_.provenance.scores) scores.insert(score.metric + " " + score.split);
    EXPECT_EQ(scores, (std::set<std::string>{"roc_auc valid", "roc_auc test", "average_precision valid",
                                             "average_precision test"}));
}

TEST(Log, stays_valid_json_whatever_a_warning_holds) {
    const TemporaryFolder folder;
    RecordingListener next;
    const ClipProblem problem{"a\xff", "manifest.tsv", 2, "a\xff \"b\"\nc.mp3: damaged"};
    LoggingListener(next, folder.path() / "log.jsonl").warning(problem);
    const std::vector<json> lines = parse_lines(read_text(folder.path() / "log.jsonl"));
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0].at("event"), "warning");
    EXPECT_THAT(lines[0].at("message").get<std::string>(), HasSubstr("\"b\"\nc.mp3: damaged"));
    EXPECT_EQ(lines[0].at("line"), 2);
    EXPECT_THAT(next.warnings, testing::ElementsAre(Warning(problem)));
}

TEST(Log, writes_null_for_metrics_that_are_not_there) {
    const TemporaryFolder folder;
    RecordingListener next;
    LoggingListener(next, folder.path() / "log.jsonl").epoch(EpochReport(), std::nullopt);
    const json line = parse_lines(read_text(folder.path() / "log.jsonl")).at(0);
    EXPECT_TRUE(line.at("valid_roc_auc").is_null());
    EXPECT_TRUE(line.at("remaining_s").is_null());
}

TEST(Log, continues_after_what_an_earlier_run_wrote) {
    const TemporaryFolder folder;
    RecordingListener next;
    LoggingListener(next, folder.path() / "log.jsonl").phase({.kind = Phase::Kind::decoding});
    LoggingListener(next, folder.path() / "log.jsonl").phase({.kind = Phase::Kind::writing});
    EXPECT_EQ(parse_lines(read_text(folder.path() / "log.jsonl")).size(), 2U);
}

TEST(Log, ends_a_line_that_a_killed_run_left_unfinished) {
    const TemporaryFolder folder;
    const std::filesystem::path log = folder.write("log.jsonl", R"({"event":"pha)");
    RecordingListener next;
    LoggingListener(next, log).phase({.kind = Phase::Kind::writing});
    EXPECT_THAT(read_text(log), testing::StartsWith("{\"event\":\"pha\n{\"event\":\"phase\""));
}

// A disk that is full is a limit on the size of files: the line that does not fit is reported, and the log goes on with
// whole lines when there is space again.
TEST(Log, reports_that_a_line_is_lost_once_and_goes_on) {
    const TemporaryFolder folder;
    const std::filesystem::path log = folder.path() / "log.jsonl";
    RecordingListener next;
    LoggingListener listener(next, log);
    listener.phase({.kind = Phase::Kind::decoding});
    rlimit before{};
    ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
    const rlimit limit{std::filesystem::file_size(log) + 10, before.rlim_max};
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &limit), 0);
    listener.phase({.kind = Phase::Kind::aggregation});
    listener.phase({.kind = Phase::Kind::aggregation});
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
    listener.phase({.kind = Phase::Kind::writing});

    EXPECT_THAT(next.warnings,
                testing::ElementsAre(Warning(FileProblem{FileProblem::Kind::incomplete_log, log, "File too large"})));
    EXPECT_EQ(to_string(next.warnings.front()), log.string() + ": a line could not be written: File too large");
    EXPECT_EQ(next.phases.size(), 4U);
    const std::vector<json> lines = parse_lines(read_text(log));
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[1].at("phase"), "writing");
}

}  // namespace
}  // namespace earmark
