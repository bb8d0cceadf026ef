#include "training/study/study.h"

#include <gmock/gmock.h>

#include "tests/training/study/finished_study.h"
#include "tests/training/support/expect_error.h"

namespace earmark {
namespace {

class Study : public FinishedStudy {};

// For each clip of the manifest its place, and one.
void write_embedding_file(const std::filesystem::path& file, const std::filesystem::path& data) {
    std::ofstream stream(file);
    const Dataset dataset = read_manifest(data);
    for (std::size_t i = 0; i < dataset.clips.size(); ++i) {
        stream << dataset.clips[i].path.string() << '\t' << i << "\t1\n";
    }
}

TEST_F(Study, that_is_finished_trains_nothing_again) {
    RecordingListener listener;
    EXPECT_TRUE(run(finished().options, listener).finished);
    EXPECT_THAT(listener.epochs, testing::IsEmpty());
}

TEST_F(Study, whose_results_are_damaged_gives_the_same_again) {
    const std::filesystem::path out = finished().options.training.out;
    const std::filesystem::path model = out / "seed-4/fold-03/model.earmark";
    const Model expected = read_model(model);
    std::filesystem::resize_file(out / "seed-3/fold-01/results.json", 100);
    std::string bytes = read_text(model);
    bytes[bytes.size() / 2] ^= 4;
    std::ofstream(model, std::ios::binary) << bytes;
    RecordingListener listener;
    ASSERT_TRUE(run(finished().options, listener).finished);
    EXPECT_EQ(listener.warnings.size(), 2U);
    const StudyScores scores = read_study(out, finished().options.seeds, 3);
    for (std::size_t i = 0; i < scores.configurations.size(); ++i) {
        for (std::size_t seed = 0; seed < 2; ++seed)
            EXPECT_THAT(scores.configurations[i].probabilities[seed].values(),
                        testing::ElementsAreArray(scores_.configurations[i].probabilities[seed].values()));
    }
    Model actual = read_model(model);
    actual.provenance.date = expected.provenance.date;
    EXPECT_EQ(model_identity(actual), model_identity(expected));
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

TEST_F(Study, gives_the_same_when_a_training_has_several_workers_for_its_networks) {
    const auto model_of = [](std::size_t worker_count, bool expects_side_by_side) {
        TinyRun run(finished().dataset);
        StudyOptions options = finished().options;
        options.seeds = {3};
        options.fold_count.reset();
        options.training.out = run.options.out;
        options.training.worker_count = worker_count;
        options.training.configurations.whole_study = false;
        RecordingListener listener;
        EXPECT_TRUE(Study::run(options, listener).finished);
        const Phase networks{
            .kind = Phase::Kind::networks, .run = RunId{3, {}}, .training_count = 2, .process_count = 2};
        EXPECT_EQ(std::ranges::count(listener.phases, networks), expects_side_by_side ? 1 : 0);
        EXPECT_FALSE(listener.epochs.empty());
        Model model = read_model(options.training.out / "seed-3/model.earmark");
        model.provenance.date = "";
        return serialize_model(model);
    };
    EXPECT_EQ(model_of(2, true), model_of(1, false));
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
    ASSERT_GT(listener.phases.size(), 3U);
    EXPECT_EQ(listener.phases[0], Phase{.kind = Phase::Kind::decoding});
    EXPECT_EQ(listener.phases[1], Phase{.kind = Phase::Kind::copies});
    EXPECT_EQ(listener.phases[2], (Phase{.kind = Phase::Kind::trainings, .training_count = 3, .process_count = 2}));
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

}  // namespace
}  // namespace earmark
