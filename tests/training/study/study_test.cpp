#include "training/study/study.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "tests/training/support/expect_error.h"
#include "tests/training/support/tiny_run.h"
#include "training/report/study_report.h"
#include "training/run/run_folder.h"
#include "training/study/study_answers.h"
#include "training/study/study_comparison.h"

namespace earmark {
namespace {

// For each clip of the manifest its place, and one.
void write_embedding_file(const std::filesystem::path& file, const std::filesystem::path& data) {
    std::ofstream stream(file);
    const Dataset dataset = read_manifest(data);
    for (std::size_t i = 0; i < dataset.clips.size(); ++i) {
        stream << dataset.clips[i].path.string() << '\t' << i << "\t1\n";
    }
}

// Two seeds with three folds, run once for all tests of this process.
class Study : public testing::Test {
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
            outcome = Study::run(options, listener);
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

TEST_F(Study, scores_every_clip_once_for_each_seed) {
    ASSERT_TRUE(finished().outcome.finished);
    EXPECT_EQ(scores_.clips.size(), 36U);
    for (const StudiedConfiguration& configuration : scores_.configurations) {
        ASSERT_EQ(configuration.probabilities.size(), 2U) << to_string(configuration.id);
        for (const Matrix& probabilities : configuration.probabilities) {
            ASSERT_EQ(probabilities.row_count(), 36U);
            for (std::size_t clip = 0; clip < 36; ++clip) {
                EXPECT_GT(probabilities(clip, 0), 0.0F) << to_string(configuration.id) << ", clip " << clip;
            }
        }
    }
}

TEST_F(Study, has_each_level_alone_each_scale_and_their_unions) {
    std::vector<std::string> names;
    for (const StudiedConfiguration& configuration : scores_.configurations)
        names.push_back(to_string(configuration.id));
    EXPECT_THAT(
        names, testing::ElementsAre("local model, 9 frames", "local model, 18 frames",
                                    "local models, mean of all scales", "mel mean and deviation",
                                    "MFCC statistics, logistic regression", "level 1, 9 frames", "last level, 9 frames",
                                    "all levels, 9 frames", "level 1, 18 frames", "last level, 18 frames",
                                    "all levels, 18 frames", "last level, all scales", "all levels, all scales"));
}

TEST_F(Study, metrics_are_means_over_seeds_within_their_intervals) {
    const ConfigurationMetrics& metrics = metrics_.configurations[place(whole_method_id)];
    ASSERT_EQ(metrics.roc_auc.by_seed.size(), 2U);
    EXPECT_NEAR(metrics.roc_auc.value.value(), (*metrics.roc_auc.by_seed[0] + *metrics.roc_auc.by_seed[1]) / 2, 1e-12);
    EXPECT_LE(metrics.roc_auc.interval.value().low, metrics.roc_auc.value.value());
    EXPECT_GE(metrics.roc_auc.interval.value().high, metrics.roc_auc.value.value());
    EXPECT_GT(metrics.roc_auc.value.value(), 0.8);
    EXPECT_EQ(metrics.tags.size(), 3U);
}

TEST_F(Study, compares_all_levels_with_the_last_and_all_scales_with_each) {
    using Pair = std::pair<ConfigurationId, ConfigurationId>;
    std::vector<Pair> pairs;
    for (const StudyComparison& comparison : metrics_.comparisons) pairs.emplace_back(comparison.a, comparison.b);
    const ConfigurationId all = whole_method_id;
    EXPECT_THAT(pairs, testing::UnorderedElementsAre(
                           Pair(all_levels_id({9}), last_level_id({9})), Pair(all_levels_id({18}), last_level_id({18})),
                           Pair(all, last_level_id()), Pair(all, all_levels_id({9})), Pair(all, all_levels_id({18})),
                           Pair(all, local_model_id()), Pair(all, baseline_id(ConfigurationKind::mel_statistics)),
                           Pair(all, baseline_id(ConfigurationKind::mfcc_statistics))));
    for (const StudyComparison& comparison : metrics_.comparisons) {
        const auto value = [&](const ConfigurationId& id) { return *metrics_.configurations[place(id)].roc_auc.value; };
        EXPECT_NEAR(*comparison.difference, value(comparison.a) - value(comparison.b), 1e-12);
    }
}

TEST_F(Study, compared_with_itself_differs_by_nothing) {
    const auto comparisons = compare_studies(scores_, scores_, {.resample_count = 20});
    ASSERT_EQ(comparisons.size(), scores_.configurations.size());
    for (const StudyComparison& comparison : comparisons) {
        EXPECT_EQ(*comparison.difference, 0.0);
        EXPECT_EQ(*comparison.not_better_share, 1.0);
    }
}

/// Eight clips in two folds, one tag: within the folds, 3 of 4 and 4 of 4 pairs of a clip with it and one without are
/// in order (0.75 and 1; of all clips together 0.6875).
StudyScores two_folds() {
    StudyScores scores;
    scores.labels = {"genre---Rock"};
    scores.seeds = {1};
    scores.fold_count = 2;
    for (int clip = 0; clip < 8; ++clip) {
        scores.clips.push_back({std::to_string(clip), "", {clip % 2 == 0 ? 1.0F : 0.0F}});
    }
    scores.folds = {{0, 0, 0, 0, 1, 1, 1, 1}};
    scores.configurations = {
        {whole_method_id, 1, {Matrix(8, 1, {0.9F, 0.8F, 0.7F, 0.6F, 0.4F, 0.1F, 0.3F, 0.2F})}, {}}};
    return scores;
}

TEST(StudyMetricsOfFolds, are_means_over_them) {
    const StudyMetrics metrics = study_metrics(two_folds(), {.resample_count = 50});
    EXPECT_NEAR(*metrics.configurations.at(0).roc_auc.value, 0.875, 1e-12);
    EXPECT_NEAR(*metrics.configurations.at(0).tags.at(0).value, 0.875, 1e-12);
}

TEST(StudyMetricsOfFolds, leave_out_those_where_a_tag_is_undefined) {
    StudyScores scores = two_folds();
    for (std::size_t clip = 0; clip < 4; ++clip) scores.clips[clip].targets = {0.0F};
    EXPECT_EQ(*study_metrics(scores, {.resample_count = 5}).configurations.at(0).roc_auc.value, 1.0);
}

TEST(StudyMetricsOfFolds, compare_the_first_study_with_the_second) {
    const StudyScores ours = two_folds();
    StudyScores theirs = two_folds();
    for (const std::size_t clip : {0, 2})
        theirs.configurations[0].probabilities[0](clip, 0) = 0.5F;  // no pair in order
    const auto comparisons = compare_studies(ours, theirs, {.resample_count = 50});
    ASSERT_EQ(comparisons.size(), 1U);
    EXPECT_NEAR(*comparisons[0].difference, 0.375, 1e-12);
    EXPECT_GE(comparisons[0].interval->low, 0.0);
    EXPECT_LT(*comparisons[0].not_better_share, 0.5);
}

TEST_F(Study, of_other_tags_cannot_be_compared) {
    StudyScores other = scores_;
    std::swap(other.labels[0], other.labels[1]);
    error_of(ErrorCode::usage, [&] { compare_studies(scores_, other, {}); });
}

TEST_F(Study, that_is_finished_trains_nothing_again) {
    RecordingListener listener;
    EXPECT_TRUE(run(finished().options, listener).finished);
    EXPECT_THAT(listener.epochs, testing::IsEmpty());
}

TEST_F(Study, that_is_finished_is_not_reported_as_one_of_something_else) {
    const TemporaryFolder folder;
    const SyntheticDataset other_clips(20, 10, 7);
    RecordingListener listener;
    const auto refused = [&](const StudyOptions& options) {
        return error_of(ErrorCode::usage, [&] { run(options, listener); });
    };
    StudyOptions options = finished().options;
    options.training.recipe = folder.write("other.toml", tiny_recipe_with("filters = 6", "filters = 7"));
    EXPECT_THAT(refused(options), testing::HasSubstr("another recipe"));
    options = finished().options;
    options.training.tags = folder.write("tags.txt", "pitch---Low\n");
    EXPECT_THAT(refused(options), testing::HasSubstr("another list of tags"));
    options = finished().options;
    options.training.data = {other_clips.path()};
    options.training.tags = options.training.out / "seed-3/fold-01/tags.txt";
    EXPECT_THAT(refused(options), testing::HasSubstr("another manifest"));
    options = finished().options;
    options.training.output = OutputKind::softmax;
    EXPECT_THAT(refused(options), testing::HasSubstr("another recipe"));
}

TEST_F(Study, gives_the_same_when_its_trainings_run_side_by_side) {
    TinyRun run(finished().dataset);
    StudyOptions options = finished().options;
    options.seeds = {3};
    options.training.out = run.options.out;
    options.training.worker_count = 2;
    RecordingListener listener;
    ASSERT_TRUE(Study::run(options, listener).finished);
    const StudyScores scores = read_study(options.training.out, options.seeds, 3);
    ASSERT_EQ(scores.configurations.size(), scores_.configurations.size());
    for (std::size_t i = 0; i < scores.configurations.size(); ++i) {
        EXPECT_THAT(scores.configurations[i].probabilities[0].values(),
                    testing::ElementsAreArray(scores_.configurations[i].probabilities[0].values()));
    }
}

TEST_F(Study, reports_the_phases_of_each_training_with_its_run_and_what_is_common_once) {
    TinyRun run(finished().dataset);
    StudyOptions options = finished().options;
    options.seeds = {3};
    options.training.out = run.options.out;
    options.training.worker_count = 2;
    options.training.configurations.whole_study = false;
    options.training.configurations.only_the_model = true;
    options.training.output = OutputKind::softmax;
    RecordingListener listener;
    ASSERT_TRUE(Study::run(options, listener).finished);
    ASSERT_GT(listener.phases.size(), 2U);
    EXPECT_EQ(listener.phases[0], Phase{.kind = Phase::Kind::decoding});
    EXPECT_EQ(listener.phases[1], (Phase{.kind = Phase::Kind::trainings, .training_count = 3, .process_count = 2}));
    for (std::size_t fold = 1; fold <= 3; ++fold) {
        const RunId id{3, fold};
        EXPECT_THAT(listener.phases,
                    testing::IsSupersetOf({Phase{.kind = Phase::Kind::task, .task = local_network_task(9), .run = id},
                                           Phase{.kind = Phase::Kind::writing, .run = id},
                                           Phase{.kind = Phase::Kind::trained, .run = id}}));
    }
    EXPECT_THAT(listener.warnings, testing::ElementsAre(testing::VariantWith<LeftOutClips>(testing::_)));
    EXPECT_THAT(listener.devices, testing::ElementsAre(ComputeDevice{ComputeDevice::Kind::cpu}));
    EXPECT_THAT(listener.epochs, testing::IsEmpty());
}

TEST_F(Study, that_is_stopped_resumes) {
    TinyRun run(finished().dataset);
    StudyOptions options = finished().options;
    options.seeds = {3};
    options.training.out = run.options.out;
    RecordingListener stopping([](const RecordingListener& listener) { return listener.epochs.size() > 3; });
    EXPECT_FALSE(Study::run(options, stopping).finished);
    EXPECT_FALSE(std::filesystem::exists(options.training.out / "seed-3/fold-03/results.json"));
    RecordingListener listener;
    EXPECT_TRUE(Study::run(options, listener).finished);
    EXPECT_TRUE(std::filesystem::exists(options.training.out / "seed-3/fold-03/results.json"));
}

TEST_F(Study, throws_the_error_of_a_training_with_its_code) {
    TinyRun run(finished().dataset);
    StudyOptions options = finished().options;
    options.training.out = run.options.out;
    options.seeds = {3};
    options.training.configurations.embedding_files = {{"none", run.options.out / "none.tsv"}};
    RecordingListener listener;
    EXPECT_THAT(error_of(ErrorCode::not_found, [&] { Study::run(options, listener); }), testing::HasSubstr("none.tsv"));
}

TEST_F(Study, is_resumed_when_external_embeddings_are_added) {
    TinyRun run(finished().dataset);
    StudyOptions options = finished().options;
    options.seeds = {3};
    options.fold_count.reset();
    options.training.out = run.options.out;
    RecordingListener first;
    ASSERT_TRUE(Study::run(options, first).finished);
    const auto embeddings = options.training.out / "embeddings.tsv";
    write_embedding_file(embeddings, finished().dataset.path());
    options.training.configurations.embedding_files = {{"external embeddings", embeddings}};
    RecordingListener second;
    ASSERT_TRUE(Study::run(options, second).finished);
    EXPECT_THAT(second.epochs,
                testing::Each(testing::Field(&EpochReport::task, classifier_task(external_id("external embeddings")))));
    EXPECT_EQ(read_study(options.training.out, options.seeds, 0).configurations.size(),
              scores_.configurations.size() + 1);
}

TEST_F(Study, whose_run_is_missing_names_its_file) {
    const std::string message = error_of(ErrorCode::not_found, [&] {
        read_study(finished().options.training.out, {3, 9}, 3);
    });
    EXPECT_THAT(message, testing::HasSubstr("seed-9/fold-01/results.json"));
}

TEST_F(Study, report_has_all_that_the_page_shows) {
    const StudyDescription description{.study = finished().options.training.out,
                                       .recipe = "tiny",
                                       .data = "synthetic",
                                       .command = "earmark analyze",
                                       .date = "2026-01-01",
                                       .audio_folder = finished().dataset.path(),
                                       .bootstrap = {.resample_count = 100}};
    const auto json = nlohmann::json::parse(study_json(description, scores_, metrics_, std::nullopt));
    EXPECT_EQ(json["clip_count"], 36);
    EXPECT_EQ(json["configurations"].size(), scores_.configurations.size());
    EXPECT_EQ(json["group"], nullptr);
    EXPECT_EQ(json["format"], 2);
    EXPECT_EQ(json["configurations"][0]["kind"], "local_model");
    EXPECT_EQ(json["configurations"][5]["level"], 1);
    EXPECT_EQ(json["configurations"][5]["scales"], nlohmann::json({9}));
    EXPECT_EQ(json["configurations"].back()["id"], "all-levels-all-scales");
    EXPECT_EQ(json["configurations"].back()["scales"], "all");
    EXPECT_EQ(json["filters"][0]["filters"].size(), 6U);
    EXPECT_EQ(json["filters"][0]["filters"][0].size(), 3U * 12U);
    EXPECT_EQ(json["hardest_clips"].size(), 20U);
    EXPECT_TRUE(std::filesystem::exists(json["hardest_clips"][0]["file"].get<std::string>()));
    EXPECT_GE(json["hardest_clips"][0]["loss"], json["hardest_clips"][1]["loss"]);
    EXPECT_EQ(json["learning_curves"][0]["run"], "seed-3/fold-01");
    EXPECT_EQ(json["learning_curves"][0]["seed"], 3);
    EXPECT_EQ(json["learning_curves"][0]["fold"], 1);
    EXPECT_EQ(json["learning_curves"][0]["id"], "local-network-9");
    EXPECT_EQ(json["learning_curves"][0]["segment_frames"], 9);
    EXPECT_EQ(json["learning_curves"][0]["step"], 1);
    EXPECT_GT(json["learning_curves"][0]["epochs"].size(), 1U);
}

TEST_F(Study, comparisons_and_answers_in_json_name_configurations_by_their_ids) {
    StudyDescription description;
    description.study = finished().options.training.out;
    const std::optional<OtherStudy> other{{"tiny", compare_studies(scores_, scores_, {.resample_count = 5})}};
    const auto json = nlohmann::json::parse(study_json(description, scores_, metrics_, other));
    std::set<std::string> ids;
    for (const auto& configuration : json["configurations"]) ids.insert(configuration["id"]);
    EXPECT_EQ(ids.size(), scores_.configurations.size());
    std::vector<std::string> references;
    for (const auto& list : {json["comparisons"], json["answers"], json["other_study"]["comparisons"]}) {
        ASSERT_FALSE(list.empty());
        for (const auto& entry : list) references.insert(references.end(), {entry["a"], entry["b"]});
    }
    for (const auto& row : json["paper"]) {
        if (!row["configuration"].is_null()) references.push_back(row["configuration"]);
    }
    for (const std::string& id : references) EXPECT_TRUE(ids.contains(id)) << id;
}

TEST(StudyOfAnotherVersion, is_refused_by_its_format) {
    const TemporaryFolder folder;
    std::filesystem::create_directories(folder.path() / "seed-1");
    const auto message = [&](const std::string& results) {
        folder.write("seed-1/results.json", results);
        return error_of(ErrorCode::unreadable, [&] { read_study(folder.path(), {1}, 0); });
    };
    EXPECT_THAT(message(R"({"model": "tiny", "configurations": [{"name": "all levels, all sizes"}]})"),
                testing::HasSubstr("seed-1/results.json: has format 1; expected format 2"));
    EXPECT_THAT(message(R"({"format": 3})"), testing::HasSubstr("has format 3; expected format 2"));
    EXPECT_THAT(message("[1"), testing::HasSubstr("is damaged"));
    EXPECT_THAT(message(R"({"format": 2, "model": "tiny", "device": "cpu"})"), testing::HasSubstr("'configurations'"));
    EXPECT_THAT(message(R"({"format": 2, "model": "t", "device": "cpu", "configurations": [{"kind": "everything"}]})"),
                testing::HasSubstr("kind: 'everything' is not known"));
    EXPECT_THAT(message(R"({"format": 2, "model": "t", "device": "abacus"})"),
                testing::HasSubstr("device: 'abacus' is not known"));
}

TEST_F(Study, reports_that_artists_were_drawn) {
    StudyDescription description;
    description.study = finished().options.training.out;
    description.bootstrap = {.resample_count = 100, .by_artist = true};
    const auto json = nlohmann::json::parse(study_json(description, scores_, metrics_, std::nullopt));
    std::set<std::string> artists;
    for (const ScoredClip& clip : scores_.clips) artists.insert(clip.artist);
    EXPECT_EQ(json["group"], "artist");
    EXPECT_EQ(json["group_count"], artists.size());
    EXPECT_THAT(study_table(scores_, metrics_, description.bootstrap, std::nullopt),
                testing::HasSubstr("95 % interval over artists (100 bootstrap resamples)"));
    EXPECT_THAT(study_table(scores_, metrics_, {.resample_count = 100}, std::nullopt),
                testing::HasSubstr("36 clips, mean over 2 seeds; in brackets the 95 % interval over clips"));
}

TEST_F(Study, answers_the_two_questions_of_the_paper_in_table_and_report) {
    const auto answers = study_answers(scores_, metrics_);
    ASSERT_EQ(answers.size(), 2U);
    const std::string table = study_table(scores_, metrics_, {}, std::nullopt);
    StudyDescription description;
    description.study = finished().options.training.out;
    const auto json = nlohmann::json::parse(study_json(description, scores_, metrics_, std::nullopt));
    for (std::size_t i = 0; i < answers.size(); ++i) {
        EXPECT_EQ(json["answers"][i]["sentence"], sentence(answers[i], OutputKind::sigmoid));
        EXPECT_THAT(table, testing::HasSubstr(sentence(answers[i], OutputKind::sigmoid) + ".\n"));
    }
    EXPECT_TRUE(table.ends_with(sentence(answers.back(), OutputKind::sigmoid) + ".\n"));
}

TEST_F(Study, table_has_a_line_for_each_configuration_and_comparison_and_row_of_the_paper) {
    const std::string table = study_table(scores_, metrics_, {}, std::nullopt);
    EXPECT_THAT(table, testing::HasSubstr("| all levels, all scales "));
    for (const StudyComparison& comparison : metrics_.comparisons)
        EXPECT_THAT(table, testing::HasSubstr("| " + difference_text(*comparison.difference) + " ("));
    EXPECT_THAT(table,
                testing::ContainsRegex("multi-level and multi-scale +. 0.9017 +. 0.8878 +. - +. all levels, all "));
    std::istringstream lines(table);
    std::size_t row_count = 0;
    for (std::string line; std::getline(lines, line);) row_count += line.starts_with("| ") ? 1 : 0;
    EXPECT_EQ(row_count, 6 + scores_.configurations.size() + metrics_.comparisons.size() + paper_rows(scores_).size());
}

}  // namespace
}  // namespace earmark
