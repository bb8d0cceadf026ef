#include "training/run/train.h"

#include <gmock/gmock.h>

#include <map>

#include "earmark/file_tagger.h"
#include "earmark/tagger.h"
#include "metrics/tagging_report.h"
#include "tests/training/support/tiny_run.h"

namespace earmark {
namespace {

using testing::Gt;

// One run for all tests of this process: they only look at it.
class Train : public testing::Test {
protected:
    struct Finished {
        SyntheticDataset dataset{42, 14, 14};
        TinyRun run{dataset};
        TrainingOutcome outcome = run.train();
    };

    static Finished& finished() {
        static Finished run;
        return run;
    }

    static const ConfigurationResult& result(const ConfigurationId& id) {
        for (const ConfigurationResult& each : finished().outcome.results) {
            if (each.id == id) return each;
        }
        throw std::runtime_error("no result of " + to_string(id));
    }

    const TinyRun& run_ = finished().run;
    const TrainingOutcome& outcome_ = finished().outcome;
};

TEST_F(Train, learns_tags_that_can_be_heard) {
    ASSERT_TRUE(outcome_.finished);
    EXPECT_THAT(outcome_.problems, testing::IsEmpty());
    for (const ConfigurationId& id :
         {local_model_id(), all_levels_id({9}), all_levels_id({18}), last_level_id(), all_levels_id()}) {
        EXPECT_GT(result(id).valid.roc_auc.value(), 0.9) << to_string(id);
        EXPECT_GT(result(id).test.roc_auc.value(), 0.9) << to_string(id);
        EXPECT_GT(result(id).test.average_precision.value(), 0.9) << to_string(id);
    }
}

TEST_F(Train, gives_the_scores_of_the_papers_table_in_its_order) {
    const ConfigurationId mel = baseline_id(ConfigurationKind::mel_statistics);
    std::vector<ConfigurationId> ids;
    for (const ConfigurationResult& each : outcome_.results) ids.push_back(each.id);
    EXPECT_THAT(ids, testing::ElementsAre(local_model_id({9}), local_model_id({18}), local_model_id(), mel,
                                          last_level_id({9}), all_levels_id({9}), last_level_id({18}),
                                          all_levels_id({18}), last_level_id(), all_levels_id()));
    EXPECT_EQ(result(local_model_id({9})).feature_count, 0U);
    EXPECT_EQ(result(mel).feature_count, 24U);
    EXPECT_EQ(result(last_level_id({18})).feature_count, 8U);
    EXPECT_EQ(result(whole_method_id).feature_count, 28U);
}

TEST_F(Train, reports_every_phase_in_turn) {
    const std::vector<Phase>& phases = run_.listener.phases;
    const auto of_task = [](const TaskId& task) { return Phase{.kind = Phase::Kind::task, .task = task}; };
    ASSERT_EQ(phases.size(), 4U + 7U + 1U);
    EXPECT_EQ(phases[0], Phase{.kind = Phase::Kind::decoding});
    EXPECT_EQ(phases[1], of_task(local_network_task(9)));
    EXPECT_EQ(phases[2], of_task(local_network_task(18)));
    EXPECT_EQ(phases[3], Phase{.kind = Phase::Kind::aggregation});
    EXPECT_EQ(phases[4], of_task(classifier_task(baseline_id(ConfigurationKind::mel_statistics))));
    EXPECT_EQ(phases.back(), Phase{.kind = Phase::Kind::writing});
}

TEST_F(Train, reports_its_device_once) {
    EXPECT_THAT(run_.listener.devices, testing::ElementsAre(ComputeDevice{ComputeDevice::Kind::cpu}));
    EXPECT_EQ(outcome_.device, ComputeDevice{ComputeDevice::Kind::cpu});
}

TEST_F(Train, divides_the_learning_rate_and_counts_epochs_anew_for_each_task) {
    std::map<std::string, std::vector<EpochReport>> epochs;
    for (const EpochReport& report : run_.listener.epochs) epochs[to_string(report.task)].push_back(report);
    EXPECT_EQ(epochs.size(), 9U);
    for (const auto& [task, reports] : epochs) {
        EXPECT_EQ(reports.front().epoch, 1) << task;
        EXPECT_EQ(reports.front().stage, 1) << task;
        EXPECT_TRUE(reports.front().is_kept) << task;
        EXPECT_EQ(reports.back().epoch, static_cast<int>(reports.size())) << task;
        EXPECT_EQ(reports.back().stage, reports.back().stage_count) << task;
        EXPECT_NEAR(reports.back().learning_rate, reports.front().learning_rate / 5.0, 1e-12) << task;
        EXPECT_LT(reports.back().loss, reports.front().loss) << task;
    }
}

TEST_F(Train, reports_speed_and_time_left_of_local_learning) {
    EXPECT_THAT(run_.listener.remaining.front().value(), Gt(0.0));
    EXPECT_THAT(run_.listener.epochs.front().frames_per_second, Gt(0.0));
    ASSERT_EQ(outcome_.frames_per_second.size(), 2U);
    EXPECT_THAT(outcome_.frames_per_second.at(9), Gt(0.0));
    EXPECT_THAT(outcome_.frames_per_second.at(18), Gt(0.0));
}

TEST_F(Train, writes_a_model_whose_scores_the_tagger_reaches_on_the_files) {
    const auto model = std::make_shared<const Model>(read_model(outcome_.model));
    Tagger tagger(model, {Precision::float32});
    TaggingReport report(model->tags.size());
    for (std::size_t number = 56; number < 70; ++number) {
        const auto parts = static_cast<unsigned>(1 + number % 7);
        std::vector<float> truths;
        for (const Tag& tag : model->tags) {
            const unsigned part = tag.name == "Low" ? 0 : (tag.name == "High" ? 1 : 2);
            truths.push_back(static_cast<float>(parts >> part & 1U));
        }
        report.add(tag_file(tagger, finished().dataset.clip(number)).probabilities, truths);
    }
    EXPECT_NEAR(report.metrics().roc_auc.value(), result(whole_method_id).test.roc_auc.value(), 0.03);
}

TEST_F(Train, writes_a_model_that_passes_its_own_checks_and_self_test) {
    const auto model = std::make_shared<const Model>(read_model(outcome_.model));
    EXPECT_EQ(model->name, "tiny");
    EXPECT_EQ(model->feature_count(), 28U);
    EXPECT_EQ(model->provenance.command, "earmark train tiny.toml");
    EXPECT_EQ(model->provenance.license, "CC0-1.0");
    EXPECT_THAT(model->provenance.training_data, testing::EndsWith("42 clips train, 14 valid, 14 test; "
                                                                   "no artist in two splits"));
    const std::vector<float> probabilities = self_test_probabilities(model);
    ASSERT_EQ(model->self_test.probabilities.size(), probabilities.size());
    for (std::size_t tag = 0; tag < probabilities.size(); ++tag) {
        EXPECT_NEAR(model->self_test.probabilities[tag], probabilities[tag], 1e-5);
    }
}

}  // namespace
}  // namespace earmark
